var which = 'one';
