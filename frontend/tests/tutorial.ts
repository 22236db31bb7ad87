import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort, jar, java } from './server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SHOWN_KEY = /fanfare_[A-Za-z0-9_-]{43}/;

/** A thing the reader is told to do: a file to write, something to run, and what it answers. */
export interface Step {
  action: 'file' | 'run';
  /** Of a file, its path; of what is run, what kind of command it is, if it is no plain one. */
  name: string;
  code: string;
  answer: string | undefined;
}

/** Read what a guide tells its reader to do, in order. */
export function stepsOf(guide: string): Step[] {
  const text = readFileSync(join(root, guide), 'utf8');
  const steps = text.matchAll(
    /<!-- (file|run)(?:: (\S+))? -->\n(?:```\w+\n(.*?)```\n(?:\n?```(?:json|text)\n(.*?)```\n)?)?/gs,
  );
  return Array.from(steps, ([, action, name = '', code = '', answer]) => ({
    action: action as Step['action'],
    name,
    code,
    answer,
  }));
}

/** Does what a guide says, in a folder of its own and on a port of its own. */
export class Reader {
  private readonly folder = mkdtempSync(join(tmpdir(), 'fanfare-tutorial-'));
  private readonly environment: NodeJS.ProcessEnv;
  private server: ChildProcess | undefined;
  private log = '';

  private constructor(private readonly port: number) {
    this.environment = {
      ...process.env,
      PATH: `${dirname(java())}:${process.env['PATH']}`,
      JAVA_TOOL_OPTIONS: '-Xmx256m -XX:TieredStopAtLevel=1',
      SERVER_PORT: String(port),
    };
  }

  static async start(): Promise<Reader> {
    return new Reader(await freePort());
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Stands for the build, which was done. */
  putJar(): void {
    copyFileSync(jar(), join(this.folder, 'fanfare.jar'));
  }

  /** Put the key that the server has shown into the shell. */
  putKey(): void {
    this.environment['KEY'] = SHOWN_KEY.exec(this.log)?.[0];
  }

  write({ name, code }: Step): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
  }

  /** Run the commands and return what they say, with the guide's epoch and time in place of ours. */
  async run({ code }: Step): Promise<string> {
    const { stdout } = await promisify(execFile)('sh', ['-euc', this.here(code)], {
      cwd: this.folder,
      env: this.environment,
    });
    return stdout.replace(/\b[0-9a-f]{8}(?=:\d)/g, '5f1c09aa').replace(/(?<=timestamp"?: ?)\d{13}/g, '1785578400000');
  }

  async startServer({ code }: Step): Promise<void> {
    const server = spawn('sh', ['-euc', `exec ${code}`], { cwd: this.folder, env: this.environment });
    const output = createWriteStream(join(root, 'target', 'tutorial.log'), { flags: 'a' });
    server.stdout.pipe(output);
    server.stderr.pipe(output);
    server.stdout.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    this.server = server;
    const deadline = Date.now() + 60_000;
    while (!(await this.answers())) {
      if (server.exitCode !== null || Date.now() > deadline) {
        throw new Error(`The server did not start; see target/tutorial.log`);
      }
      await pause(50);
    }
  }

  async stopServer(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (server && server.exitCode === null && server.signalCode === null) {
      const ended = once(server, 'exit');
      server.kill(signal);
      await ended;
    }
  }

  async end(): Promise<void> {
    await this.stopServer('SIGKILL');
    rmSync(this.folder, { recursive: true });
  }

  private here(code: string): string {
    return code.replaceAll('localhost:8080', `localhost:${this.port}`);
  }

  private async answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/readyz`)).ok;
    } catch {
      return false;
    }
  }
}
