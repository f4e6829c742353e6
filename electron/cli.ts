import { createApp, wgTools } from './app.ts';
import { runCli } from './cli/run.ts';
import { createTerminal } from './cli/terminal.ts';
import { appOptions, onStopSignals, version } from './entry.ts';

const { env, argv, stdin, stdout, stderr } = process;
// `sawt check | head` closes the pipe early; that is no fault.
stdout.on('error', () => process.exit(0));

const exitCode = await runCli({
  argv: argv.slice(2),
  version,
  signal: onStopSignals(),
  debug: env['SAWT_LOG'] === 'debug',
  terminal: createTerminal({ stdin, stdout, stderr, env }),
  wg: wgTools,
  openApp: () => createApp(appOptions('cli', import.meta.dirname)),
});
// Not by waiting for idle sockets; but only when all that was said has reached the pipe.
stdout.write('', () => process.exit(exitCode));
