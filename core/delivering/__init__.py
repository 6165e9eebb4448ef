"""The parts of the deliverer: the schedule of tries, and the lanes that keep receivers out of each other's way."""
