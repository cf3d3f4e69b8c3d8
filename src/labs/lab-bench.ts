/** Makes a function of a lab's code: a process of its own for each instance, in a folder of its own. */

import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FunctionSpec } from '#faas/core/function.ts';
import { isAlive } from '#faas/drivers/process/is-alive.ts';
import { ProcessDriver } from '#faas/drivers/process/driver.ts';
import type { Driver } from '#faas/drivers/protocol.ts';
import type { LabFunction } from '#faas/labs/lab-stage.ts';
import { parametersOf, withParameters, type ParameterValues } from '#faas/labs/variant.ts';
import { EXTENSIONS, readCode, type LabFolder, type LabLanguage } from './lab-folder.ts';
import { solutionsOfUsed, type UsedLabCode } from './used-lab.ts';

/** How long a start and a call may take, and what an instance may hold. */
export interface BenchLimits {
  readonly startTimeoutMs: number;
  readonly maxDurationS: number;
}

/** Where nothing is to fail because the machine is busy: this only ends what hangs. */
export const PATIENT: BenchLimits = { startTimeoutMs: 180_000, maxDurationS: 180 };
/** How long a check may take then, in ms. */
export const PATIENCE_MS = 600_000;

/** What a submission may take. */
const LIMITS: BenchLimits = { startTimeoutMs: 10_000, maxDurationS: 10 };
const MEMORY_MB = 256;

/** The function itself says which methods it takes. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const ENGINE = fileURLToPath(new URL('../../faas/labs/', import.meta.url));

/** Makes what runs functions in TypeScript. */
export type ModuleHost = (root: string, cacheFolder: string) => Driver;

/** A folder of functions under check. Close it, or the folder stays. */
export class LabBench {
  readonly #project: string;
  /** Where the functions lie. */
  readonly #root: string;
  readonly #driver: ProcessDriver;
  /** Runs TypeScript in the processes' place, where there is one. */
  readonly #modules: Driver | null;
  readonly #limits: BenchLimits;
  #count = 0;

  /**
   * @param root folder of the project
   * @param modulesOf runs what is written in TypeScript; it is told where the functions lie, and where
   *   compiled ones are kept @default processes
   */
  constructor(root: string, limits: BenchLimits = LIMITS, modulesOf: ModuleHost | null = null) {
    this.#limits = limits;
    mkdirSync(join(root, '.faas'), { recursive: true });
    this.#project = root;
    removeLeftovers(join(root, '.faas'));
    this.#root = realpathSync(mkdtempSync(join(root, `.faas/lab-${process.pid}-`)));
    const cacheFolder = join(root, 'node_modules/.cache/scale-to-zero');
    this.#driver = new ProcessDriver({
      root: this.#root,
      cacheFolder,
      startTimeoutMs: limits.startTimeoutMs,
    });
    this.#modules = modulesOf?.(this.#root, cacheFolder) ?? null;
  }

  /** Why code of this language cannot run here, and the cure; null when it can. */
  async missing(language: LabLanguage): Promise<string | null> {
    if (language === 'python') await this.#driver.prepare();
    return this.#driver.missing({ runtime: runtimeOf(language), file: 'It' } as FunctionSpec);
  }

  /**
   * @param text the reader's code
   * @param values of a variant; those that stand in the code itself, or in the start, where it is null
   */
  function(
    of: LabFolder,
    language: LabLanguage,
    text: string,
    values: ParameterValues | null = null,
    used: readonly UsedLabCode[] = solutionsOfUsed(this.#project, of, language),
  ): LabFunction {
    const { lab, data, folder: labFolder } = of;
    const folder = `api/${(this.#count += 1)}`;
    mkdirSync(join(this.#root, folder), { recursive: true });
    const code = values === null ? text : withParameters(text, values);
    const own = `${folder}/${lab}${EXTENSIONS[language]}`;
    writeFileSync(join(this.#root, own), code);
    for (const one of used) {
      writeFileSync(join(this.#root, `${folder}/${one.name}${EXTENSIONS[language]}`), one.text);
    }
    const names = used.map(({ name }) => name);
    const file = data.entry === undefined ? own : this.#around(folder, lab, language, names);
    const route = `/api/lab/${lab}`;
    const spec: FunctionSpec = {
      name: route,
      revision: String(this.#count),
      route,
      file,
      runtime: runtimeOf(language),
      methods: METHODS,
      code: createHash('sha256').update(code).digest('hex'),
      maxDurationS: this.#limits.maxDurationS,
      memoryMb: MEMORY_MB,
    };
    const start = readCode(this.#project, `${labFolder}/start${EXTENSIONS[language]}`).text;
    const driver = (language === 'typescript' ? this.#modules : null) ?? this.#driver;
    return { driver, spec, parameters: values ?? parametersOf(start, text) };
  }

  /** What stands around a lab's named functions; its file. */
  #around(folder: string, lab: string, language: LabLanguage, used: readonly string[]): string {
    const runtime = language === 'python' ? 'entry_runtime.py' : 'entry-runtime.ts';
    copyFileSync(join(ENGINE, runtime), join(this.#root, folder, runtime));
    const file = `${folder}/entry${EXTENSIONS[language]}`;
    const glue =
      language === 'python'
        ? pythonGlue(lab, used)
        : `import { entryHandler } from './${runtime}';\nimport * as lab from './${lab}.ts';\nexport default entryHandler(lab);\n`;
    writeFileSync(join(this.#root, file), glue);
    return file;
  }

  /**
   * What came of checks, with the reader's own file in the place of its copy here.
   * @param folder that the reader's file lies in, from the project root
   */
  told<T>(verdicts: T, folder: string): T {
    const here = JSON.stringify(this.#root).slice(1, -1);
    const text = JSON.stringify(verdicts)
      .replaceAll(`file://${here}/`, '')
      .replaceAll(`${here}/`, '')
      .replaceAll(/\bapi\/\d+\//g, `${folder}/`);
    return JSON.parse(text) as T;
  }

  close(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}

/** A process that was killed leaves its folder behind. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(/^lab-(\d+)-/.exec(name)?.[1] ?? 0);
    if (pid !== 0 && !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * A lab's name can hold a hyphen, so it is loaded by its file.
 *
 * @param used names of the labs that it imports
 */
function pythonGlue(lab: string, used: readonly string[]): string {
  const first = used
    .map((name) => `\nsys.modules["${name}"] = load("${name}", "${name}.py")`)
    .join('');
  return `import importlib.util
import os
import sys


def load(name, file):
    spec = importlib.util.spec_from_file_location(name, os.path.join(os.path.dirname(__file__), file))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


${first}
handler = load("entry_runtime", "entry_runtime.py").entry_handler(load("lab", "${lab}.py"))
`;
}

function runtimeOf(language: LabLanguage): FunctionSpec['runtime'] {
  return language === 'python' ? 'python' : 'node';
}
