// dependency-cruiser reads TypeScript with swc, but does not tell swc that a .tsx file holds JSX.
const swc = require('@swc/core');
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') });

/** The directions of the house. `shared` knows nobody; pure models know `shared`; nobody imports http or live but main. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-knows-nobody',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(server|agent-ui|test)/' },
    },
    {
      name: 'server-not-page',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(agent-ui|test)/' },
    },
    {
      name: 'page-not-server',
      severity: 'error',
      from: { path: '^agent-ui/' },
      to: { path: '^(server|test)/' },
    },
    {
      name: 'call-model-imports-no-library',
      comment:
        'The call model is pure: no package, no Node module, nothing of ours but the words of shared/ and the events it reads.',
      severity: 'error',
      from: { path: '^server/pbx/calls/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^server/pbx/calls/', '^shared/(interaction|call-events)\\.ts$'] },
    },
    {
      name: 'models-are-pure',
      comment: 'A model.ts holds rules; it does no I/O and knows no library.',
      severity: 'error',
      from: { path: '^server/.+/model\\.ts$' },
      to: { dependencyTypes: ['npm', 'core'] },
    },
    {
      name: 'http-and-live-only-from-main',
      severity: 'error',
      from: { path: '^server/', pathNot: ['^server/main\\.ts$', '^server/(http|live)/', '\\.test\\.ts$'] },
      to: { path: '^server/(http|live)/', pathNot: '^server/(http|live)/index\\.ts$' },
    },
    {
      name: 'features-meet-at-their-doors',
      comment: 'A feature is entered by its index.ts alone.',
      severity: 'error',
      from: { path: '^server/(customers|interactions|agents|desk)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^server/(customers|interactions|agents|desk)/',
        pathNot: ['^server/$1/', '^server/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'not-to-test',
      severity: 'error',
      from: { path: '^(shared|server|agent-ui)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '\\.test\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
};
