// Plain JavaScript that any Node can read: the wrong one is told what is needed, not shown a stack trace.
const NODE_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) {
  console.error(
    [
      `This project needs Node ${NODE_MAJOR} or newer; this is ${process.version}.`,
      'It comes with the dependencies: `npm ci`, then use the npm scripts (`npm test`, `npm start`), which run node_modules/.bin/node.',
      'If `npm ci` has run and you still read this, npm was told to skip install scripts: run `npm ci --ignore-scripts=false`.',
    ].join('\n'),
  );
  process.exit(2);
}
