// dependency-cruiser reads TypeScript with swc, but does not tell swc that a .tsx file holds JSX.
const swc = require('@swc/core');
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') });

/** The directions of the house, by paths: a new feature needs no new rule. */
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
      from: { path: '^server/telephony/calls/', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot: [
          '^server/telephony/calls/',
          '^shared/(interaction|call-events|phone-text|plain-text)\\.ts$',
        ],
      },
    },
    {
      name: 'rules-are-pure',
      comment: 'A rules.ts or model.ts holds rules; it does no I/O and knows no library.',
      severity: 'error',
      from: { path: '^(server|agent-ui/src)/.+/(rules|model)\\.ts$' },
      to: { dependencyTypes: ['npm', 'core'] },
    },
    {
      name: 'platform-knows-no-feature',
      comment: 'What every feature uses knows none of them, nor Asterisk.',
      severity: 'error',
      from: { path: '^server/platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/(features|telephony|cli|main\\.ts)' },
    },
    {
      name: 'telephony-knows-no-feature',
      severity: 'error',
      from: { path: '^server/telephony/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/(features|cli|stand-ins|main\\.ts)' },
    },
    {
      name: 'features-meet-at-their-doors',
      comment: 'A feature is entered by its index.ts alone.',
      severity: 'error',
      from: { path: '^server/features/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^server/features/([^/]+)/',
        pathNot: ['^server/features/$1/', '^server/features/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'http-and-live-behind-the-platform',
      comment:
        'Features answer and publish through the platform: nobody else opens a route or a room by hand.',
      severity: 'error',
      from: { path: '^server/', pathNot: ['^server/((main|web)\\.ts$|platform/)', '\\.test\\.ts$'] },
      to: { path: '^server/platform/(http|live)/', pathNot: '^server/platform/http/input\\.ts$' },
    },
    {
      name: 'page-platform-knows-no-feature',
      comment: 'What every feature of the page uses knows none of them, nor who puts them together.',
      severity: 'error',
      from: { path: '^agent-ui/src/(platform|ui)/' },
      to: { path: '^agent-ui/src/(features|app)/' },
    },
    {
      name: 'page-features-know-no-app',
      severity: 'error',
      from: { path: '^agent-ui/src/features/' },
      to: { path: '^agent-ui/src/app/' },
    },
    {
      name: 'page-features-meet-at-their-doors',
      comment:
        'A feature of the page is entered by its index alone, from the app too; what else they share is a slot.',
      severity: 'error',
      from: { path: '^agent-ui/src/(?:app|features/([^/]+))/' },
      to: {
        path: '^agent-ui/src/features/([^/]+)/',
        pathNot: ['^agent-ui/src/features/$1/', '^agent-ui/src/features/[^/]+/index\\.tsx?$'],
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
