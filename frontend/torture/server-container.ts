import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { ServerChild } from './server-child';

/** The server in a container of that image, bounded as in `docker-compose.yml`. Clock and disk are the machine's. */
export class ServerContainer extends ServerChild {
  /**
   * @param image its name, on this machine
   * @param environment its settings
   */
  constructor(
    private readonly image: string,
    environment: NodeJS.ProcessEnv = {},
  ) {
    super([], environment);
  }

  /** Not measured: the process that was started here is docker's client. */
  override residentMemory(): number {
    return 0;
  }

  private get name(): string {
    return `lonja-torture-${process.pid}-${this.starts}`;
  }

  protected override launch(): ChildProcess {
    const { uid, gid } = { uid: process.getuid?.(), gid: process.getgid?.() };
    const settings = { ...this.environment, PORT: '0', LOG_LEVEL: 'error', NO_COLOR: '1' };
    return spawn(
      'docker',
      [
        ...['run', '--rm', '--init', '--name', this.name, '--network', 'host', '--user', `${uid}:${gid}`],
        ...['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
        ...['--volume', `${this.folder}:/data`],
        ...Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
        this.image,
        // Its own command but for `--container`: the port is the machine's here, and the line that names it is read.
        ...['node', '--max-semi-space-size=16', 'backend/dist/main.js'],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
  }

  /** To the container: what `docker run` is sent does not all arrive there. */
  protected override signal(_child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): void {
    spawnSync('docker', ['kill', '--signal', signal, this.name], { stdio: 'ignore' });
  }
}
