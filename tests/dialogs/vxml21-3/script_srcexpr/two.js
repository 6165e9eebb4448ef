var which = 'two';
