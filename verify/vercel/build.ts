/** Builds a copy of the project with the Vercel CLI, as Vercel would build the repository. */

import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { CLI_FILE, type PythonTools } from './tools.ts';

/** Where the copy is; git knows nothing of it. Packages are found in the project that it lies in. */
const COPY = '.faas/verify/vercel';

/** What Vercel tells a build of the address that the site will have. */
export const HOST = 'course.example';

export interface Build {
  /** Folder of the project's copy. */
  readonly project: string;
  /** Folder of what would be deployed: static files, functions, routes. */
  readonly output: string;
}

/**
 * @param python null leaves the Python functions out
 * @throws with the end of the log when the build fails
 */
export function buildForVercel(root: string, python: PythonTools | null): Build {
  const project = join(root, COPY);
  copyProject(root, project);
  writeSettings(project);
  if (python === null) leaveOutPython(project);
  const global = join(project, '.vercel/global');
  const args = ['build', '--yes', '--cwd', project, '--global-config', global];
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI_FILE, ...args], {
    encoding: 'utf8',
    env: environment(root, python),
    maxBuffer: 64e6,
  });
  if (status !== 0) {
    const log = `${stdout}${stderr}`.trimEnd().split('\n').slice(-40).join('\n');
    throw new Error(
      `vercel build failed with status ${String(status)}. The end of its log:\n${log}`,
    );
  }
  return { project, output: join(project, '.vercel/output') };
}

/** The files that git tracks or would track: what Vercel is given. */
function copyProject(root: string, project: string): void {
  rmSync(project, { recursive: true, force: true });
  const args = ['ls-files', '-coz', '--exclude-standard'];
  const files = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0');
  for (const file of files.filter((name) => name !== '' && existsSync(join(root, name)))) {
    const copy = join(project, file);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(join(root, file), copy);
  }
}

/** What `vercel link` would write, so that a build needs no account. */
function writeSettings(project: string): void {
  const settings = { framework: 'astro', nodeVersion: '24.x' };
  mkdirSync(join(project, '.vercel'));
  writeFileSync(
    join(project, '.vercel/project.json'),
    JSON.stringify({ projectId: 'prj_local', orgId: 'team_local', settings }),
  );
}

/** The site's own build still finds them; a pattern for files that are not there would be refused. */
function leaveOutPython(project: string): void {
  writeFileSync(join(project, '.vercelignore'), 'api/**/*.py\n');
  const file = join(project, 'vercel.json');
  const config = JSON.parse(readFileSync(file, 'utf8')) as { functions?: Record<string, unknown> };
  const functions = Object.entries(config.functions ?? {});
  const kept = Object.fromEntries(functions.filter(([pattern]) => !pattern.endsWith('.py')));
  writeFileSync(file, JSON.stringify({ ...config, functions: kept }));
}

function environment(root: string, python: PythonTools | null): NodeJS.ProcessEnv {
  const folders = [
    ...(python === null ? [] : [dirname(python.python), dirname(python.uv)]),
    dirname(process.execPath),
    join(root, 'node_modules/.bin'),
  ];
  return {
    ...process.env,
    PATH: [...folders, process.env['PATH'] ?? ''].join(delimiter),
    // The packages are there: those of the project that the copy lies in.
    VERCEL_INSTALL_COMPLETED: '1',
    NODE_ENV: 'production',
    VERCEL_PROJECT_PRODUCTION_URL: HOST,
    VERCEL_TELEMETRY_DISABLED: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
    NO_UPDATE_NOTIFIER: '1',
    NO_COLOR: '1',
  };
}
