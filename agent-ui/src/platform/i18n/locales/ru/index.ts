import errors from './errors.json' with { type: 'json' };
import shell from './shell.json' with { type: 'json' };

export default { shell, errors };
