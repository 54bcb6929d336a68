import customers from './customers.json' with { type: 'json' };
import desk from './desk.json' with { type: 'json' };
import errors from './errors.json' with { type: 'json' };
import shell from './shell.json' with { type: 'json' };

export default { shell, desk, customers, errors };
