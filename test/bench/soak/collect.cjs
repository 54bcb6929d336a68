// Loaded into the server before it starts: on SIGUSR2 all garbage is collected at once, so that what is then in use is what is kept.
const v8 = require('node:v8');
const vm = require('node:vm');

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');
process.on('SIGUSR2', () => collect());
