import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const READY_WITHIN = 60_000;

/** What opens the topics that tests make up; their last word counts, so a test can close them again. */
export const OPEN = ['subscribe', 'publish', 'history'].map((action) => `--fanfare.access.${action}=everyone`);
const SHOWN_KEY = /fanfare_[A-Za-z0-9_-]{43}/;

/** The packaged server as a process of its own, which can be stopped and started again on the same port. */
export class Server {
  private readonly folder = mkdtempSync(join(tmpdir(), 'fanfare-'));
  private process: ChildProcess | undefined;
  private port = 0;
  private log = '';

  /** @param settings command-line arguments such as `--fanfare.stomp.path=/ws` */
  constructor(private readonly settings: string[] = []) {}

  get host(): string {
    return `localhost:${this.port}`;
  }

  /** The key that the first start has shown. */
  get key(): string {
    const shown = SHOWN_KEY.exec(this.log)?.[0];
    if (!shown) {
      throw new Error('The server has shown no key');
    }
    return shown;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  async start(): Promise<void> {
    this.port ||= await freePort();
    const output = createWriteStream(join(root, 'target', `server-${this.port}.log`), { flags: 'a' });
    const process = spawn(java(), [...packaged(), `--server.port=${this.port}`, ...this.settings], {
      cwd: this.folder,
    });
    process.stdout.pipe(output);
    process.stderr.pipe(output);
    process.stdout.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    this.process = process;
    await this.ready(process);
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** End it as a power cut would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true });
  }

  post(path: string, body: BodyInit, type = 'text/plain;charset=utf-8'): Promise<Response> {
    return fetch(this.url + path, { method: 'POST', headers: { 'Content-Type': type }, body });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const process = this.process;
    this.process = undefined;
    if (process && process.exitCode === null) {
      const ended = once(process, 'exit');
      process.kill(signal);
      await ended;
    }
  }

  private async ready(process: ChildProcess): Promise<void> {
    const deadline = Date.now() + READY_WITHIN;
    while (!(await this.answers())) {
      if (process.exitCode !== null || Date.now() > deadline) {
        throw new Error(`The server did not start; see target/server-${this.port}.log`);
      }
      await pause(50);
    }
  }

  private async answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/actuator/health/readiness`)).ok;
    } catch {
      return false;
    }
  }
}

/** The packaged server. */
export function jar(): string {
  const built = readdirSync(join(root, 'target')).filter((name) => /^fanfare-.*\.jar$/.test(name));
  if (built.length !== 1) {
    throw new Error(`Expected one target/fanfare-*.jar, found ${built.length}; build it with 'mvn package'`);
  }
  return join(root, 'target', built[0] as string);
}

/** The built server, as Java starts it fastest. */
function packaged(): string[] {
  const jar = execFileSync(join(root, 'bin/trained-server'), [java()], { encoding: 'utf8' }).trim();
  return ['-Xmx256m', `-XX:AOTCache=${join(dirname(jar), 'fanfare.aot')}`, '-XX:AOTMode=on', '-jar', jar];
}

/** A JDK 25's java. */
export function java(): string {
  const given = process.env['JAVA_HOME'];
  const home = given && isJdk25(given) ? given : execFileSync(join(root, 'bin/jdk-home'), { encoding: 'utf8' }).trim();
  return join(home, 'bin/java');
}

function isJdk25(home: string): boolean {
  const command = join(home, 'bin/java');
  return (
    existsSync(command) &&
    /^openjdk 25[. ]|^java 25[. ]/.test(execFileSync(command, ['--version'], { encoding: 'utf8' }))
  );
}

/** Find a port that stays free while the server is down: not among those the system gives to connections. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    const probe = createServer().listen(port);
    try {
      await once(probe, 'listening');
    } catch {
      continue;
    }
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
