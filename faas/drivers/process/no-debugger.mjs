/**
 * By default Node opens a debugger on this signal, through which any process of this user, so also a
 * function, could run code in this one. A listener prevents that. Every process that starts functions
 * imports this. Plain JavaScript, so that a Node too old for the rest can run it.
 */

process.on('SIGUSR1', () => undefined);
