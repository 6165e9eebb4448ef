"""What runs in a worker process: the sessions' runtimes, and the threads that take turns at them.

Nothing of the platform is imported here but the wire format.
"""
