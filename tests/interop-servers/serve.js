// What the servers have in common: the command line, the port, and the end with the process that started them.
/** Reads options such as --timeout=5000 (milliseconds); names that are not given keep their default. */
export function readOptions(defaults) {
  const options = { ...defaults };
  for (const argument of process.argv.slice(2)) {
    const [, name, value] = /^--([A-Za-z]+)=(\d+)$/.exec(argument) ?? [];
    if (name === undefined || !Object.hasOwn(defaults, name)) {
      throw new Error(`Unknown option '${argument}'. Known: ${Object.keys(defaults).map(known => `--${known}=<ms>`).join(', ')}`);
    }
    options[name] = Number(value);
  }
  return options;
}

/** Listens on 127.0.0.1, prints {"port":N} as one line, and ends when standard input is closed. */
export function serve(httpServer) {
  httpServer.listen(0, '127.0.0.1', () => {
    process.stdout.write(`${JSON.stringify({ port: httpServer.address().port })}\n`);
  });
  process.stdin.on('end', () => process.exit(0));
  process.stdin.on('error', () => process.exit(0));
  process.stdin.resume();
}
