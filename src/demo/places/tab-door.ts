/** The front door in this tab. What it checks with is loaded by the first call of a route that has rules. */

import type { DoorRules } from '#faas/core/rules/route-rules.ts';
import type { Door, GuardedCall, RuleDoorOptions } from '#faas/platform/door.ts';
import { RuleDoor } from '#faas/platform/door.ts';
import type { ResponseMessage } from '#faas/drivers/protocol.ts';

const NO_SESSIONS =
  'a function in a tab sets no cookie, so that nobody is signed in here. Get the course, run npm start, and open it there.';

/** Which routes have rules, and where those come from. */
export interface TabRules {
  readonly routes: ReadonlySet<string>;
  /** Null when they are not there. */
  readonly read: () => Promise<DoorRules | null>;
}

/** The rules of the project, by route. */
export class TabDoor implements Door {
  readonly #rules: TabRules;
  readonly #options: Omit<RuleDoorOptions, 'rules'>;
  #opened: Promise<Door> | null = null;

  constructor(rules: TabRules, options: Omit<RuleDoorOptions, 'rules'>) {
    this.#rules = rules;
    this.#options = options;
  }

  guards(route: string): boolean {
    return this.#rules.routes.has(route);
  }

  handle(call: GuardedCall): Promise<ResponseMessage> {
    return this.#behind(call, (door) => door.handle(call));
  }

  preflight(call: GuardedCall): Promise<ResponseMessage | null> {
    return this.#behind(call, (door) => door.preflight(call));
  }

  /** Without its rules a call is refused, never let in. */
  async #behind<Answer>(
    call: GuardedCall,
    act: (door: Door) => Promise<Answer>,
  ): Promise<Answer | ResponseMessage> {
    let door: Door;
    try {
      door = await this.#open();
    } catch (error) {
      const detail = `The rules of ${call.host.spec.route} could not be loaded: ${(error as Error).message}. Load the page again.`;
      return call.host.turnAway(call.message, call.named, { code: 'rule-unavailable', detail });
    }
    return act(door);
  }

  #open(): Promise<Door> {
    const opening = (this.#opened ??= this.#load());
    opening.catch(() => (this.#opened = null));
    return opening;
  }

  async #load(): Promise<Door> {
    const [{ RouteDoors }, { WebDoorChecks }, read] = await Promise.all([
      import('#faas/core/rules/front-door.ts'),
      import('#faas/platform/door-checks.ts'),
      this.#rules.read(),
    ]);
    if (read === null) throw new Error('the site does not have them');
    const rules = new RouteDoors(read, new WebDoorChecks(null, NO_SESSIONS));
    return new RuleDoor({ ...this.#options, rules });
  }
}
