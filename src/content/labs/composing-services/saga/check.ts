import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import {
  handedIn,
  type CheckedLab,
  type NamedCall,
  type NamedResult,
} from '#faas/labs/checked-lab.ts';
import { KILLED, type Outside } from '#faas/labs/shared-world.ts';
import { SmallShop, SHOP_STEPS, type ShopLine, type ShopStep } from './small-shop.ts';

const ALL = ['cart 17', 'pay 17', 'ship 17'];
const NO_SHIP = { ship: { refuses: true } };

/** The shop that Run hands in, a new one each time: it has nothing that could be shipped. */
export function outside(): Outside {
  return new SmallShop(NO_SHIP).answer;
}

const handed = ['read', 'write', 'act', 'takeBack', 'isDone'].map(handedIn);
const resume: NamedCall = ['resume', '17', ...handed];

function resumed(lab: CheckedLab, shop: SmallShop, dies = 0): Promise<NamedResult> {
  return lab.run(resume, { outside: () => shop.answer, dies });
}

/** Lines of a log: `pay done`. */
function lines(...texts: readonly string[]): ShopLine[] {
  return texts.map((text) => {
    const [step, is] = text.split(' ');
    return { step, is } as ShopLine;
  });
}

/** What the log says of the outcomes of a step, in their order. */
function told({ log }: SmallShop, step: ShopStep): string[] {
  return log.flatMap((line) => (line.step === step && line.is !== 'begun' ? [line.is] : []));
}

function undone({ history }: SmallShop): string[] {
  return history.flatMap(({ does, what }) => (does === 'undo' ? [what] : []));
}

export default [
  firstLight('does the three steps of a new order, and writes each down', async (lab) => {
    const shop = new SmallShop();
    const { value } = await resumed(lab, shop);
    lab.same(value, 'done', { what: 'how it ended' });
    lab.same(shop.effects, ALL, { what: 'what was done' });
    const outcomes = SHOP_STEPS.map((step) => told(shop, step));
    lab.same(outcomes, [['done'], ['done'], ['done']], { what: 'the outcomes in the log' });
  }),

  contract('takes back the last step first when the next is refused', async (lab) => {
    const shop = new SmallShop(NO_SHIP);
    const { value } = await resumed(lab, shop);
    lab.same(shop.effects, [], { what: 'what is still done, when nothing could be shipped' });
    lab.same(undone(shop), ['pay 17', 'cart 17'], { what: 'what was taken back, in this order' });
    lab.same(value, 'undone', { what: 'how it ended' });
    const outcomes = (['pay', 'cart'] as const).map((step) => told(shop, step));
    const both = ['done', 'undone'];
    lab.same(outcomes, [both, both], { what: 'the outcomes of pay and of cart in the log' });
  }),

  contract('takes back a payment that was made and gave no answer', async (lab) => {
    const shop = new SmallShop({ pay: { loses: 'the answer' } });
    const { value } = await resumed(lab, shop);
    const detail = 'The payment was made. Its answer got lost, so act answered “unknown”.';
    lab.same(shop.effects, [], { what: 'what is still done', detail });
    lab.same(value, 'undone', { what: 'how it ended', detail });
  }),

  contract('has a payment refused that comes after it was taken back', async (lab) => {
    const shop = new SmallShop({ pay: { loses: 'the way' } });
    const { value } = await resumed(lab, shop);
    lab.same(value, 'undone', { what: 'how it ended' });
    shop.arrive();
    const detail =
      'act answered “unknown”. The call was still on its way, and came when all was over.';
    lab.same(shop.effects, [], { what: 'what is done in the end', detail });
  }),

  contract('does each step once when its instance is killed and it is resumed', async (lab) => {
    for (let dies = 1; dies <= 30; dies += 1) {
      const shop = new SmallShop({}, lines('cart begun', 'cart done'));
      const first = await resumed(lab, shop, dies);
      if (first.error !== KILLED) return;
      const [end] = shop.log.slice(-1).map(({ step, is }) => `${step} ${is}`);
      const done = shop.effects.join(', ') || 'nothing';
      const { value } = await resumed(lab, shop);
      const detail = `When the instance was killed, the last line was: ${end ?? 'none'}. Done was: ${done}.`;
      lab.same(shop.effects, ALL, { what: 'what is done in the end', detail });
      lab.same(value, 'done', { what: 'how it ended after it was resumed', detail });
    }
  }),

  contract('goes on going back when it was killed on its way back', async (lab) => {
    const log = ['cart begun', 'cart done', 'pay begun', 'pay done', 'ship begun', 'ship refused'];
    for (let dies = 1; dies <= 30; dies += 1) {
      const shop = new SmallShop(NO_SHIP, lines(...log));
      const first = await resumed(lab, shop, dies);
      if (first.error !== KILLED) return;
      const left = shop.effects.join(', ') || 'nothing';
      const { value } = await resumed(lab, shop);
      const detail = `When the instance was killed, still done was: ${left}.`;
      const acts = shop.asked.filter((text) => text.startsWith('act'));
      lab.same(acts, [], { what: 'what was to be done by a saga that had turned back', detail });
      lab.same(shop.effects, [], { what: 'what is still done', detail });
      lab.same(value, 'undone', { what: 'how it ended after it was resumed', detail });
    }
  }),

  contract('tries three times to take a step back, then keeps it and goes on', async (lab) => {
    const twice = new SmallShop({ ...NO_SHIP, pay: { undoFails: 2 } });
    const good = await resumed(lab, twice);
    lab.same(twice.effects, [], { what: 'what is still done, when the third try would do' });
    lab.same(good.value, 'undone', { what: 'how it ended, when the third try would do' });
    const never = new SmallShop({ ...NO_SHIP, pay: { undoFails: 99 } });
    const { value } = await resumed(lab, never);
    const detail = 'The payment cannot be taken back today.';
    const tries = never.asked.filter((text) => text === 'takeBack pay 17').length;
    lab.same(tries, 3, { what: 'how often pay was to be taken back', detail });
    lab.same(never.effects, ['pay 17'], { what: 'what is still done', detail });
    lab.same(told(never, 'pay').at(-1), 'kept', { what: 'what the log says of pay', detail });
    lab.same(value, 'needs a human', { what: 'how it ended', detail });
  }),

  contract('lets one of two workers end a saga, whoever goes on first', async (lab) => {
    let shop = new SmallShop();
    const begun =
      'The log at first: cart begun, cart done, pay begun. The answer of the first act of pay gets lost: “unknown”.';
    const fresh = (): Outside => {
      const log = lines('cart begun', 'cart done', 'pay begun');
      shop = new SmallShop({ pay: { loses: 'the answer' } }, log);
      return shop.answer;
    };
    await lab.everyOrder(
      [resume, resume],
      ({ results }) => {
        const ends = results.map(({ value }) => value).filter((value) => value !== 'busy');
        const isBack = told(shop, 'pay').includes('unknown');
        lab.same(shop.effects, isBack ? [] : ALL, {
          what: `what is done in the end, where the log says that pay is ${told(shop, 'pay')[0]}`,
          detail: begun,
        });
        const end = isBack ? 'undone' : 'done';
        lab.same(ends, ends.length === 2 ? [end, end] : [end], {
          what: 'the ends that were told, “busy” left out',
          detail: begun,
        });
      },
      { outside: fresh, instances: 2, runs: 30 },
    );
    const turned =
      'The log at first: cart begun, cart done, pay begun, pay done, ship begun, ship refused. Pay fails to be taken back five times.';
    const goingBack = (): Outside => {
      const log = [
        'cart begun',
        'cart done',
        'pay begun',
        'pay done',
        'ship begun',
        'ship refused',
      ];
      // So often that, of two who take turns, one fails three times.
      shop = new SmallShop({ ...NO_SHIP, pay: { undoFails: 5 } }, lines(...log));
      return shop.answer;
    };
    await lab.everyOrder(
      [resume, resume],
      ({ results }) => {
        const ends = results.map(({ value }) => value).filter((value) => value !== 'busy');
        const last = told(shop, 'pay').at(-1) ?? '';
        const end = last === 'kept' ? 'needs a human' : 'undone';
        const lies = last === 'kept' ? ends.filter((value) => value === 'undone') : [];
        lab.same(lies, [], {
          what: 'the ends that say “undone”, where the log last says that pay is kept',
          detail: turned,
        });
        const fits = ends.filter((value) => value === end).slice(0, 1);
        lab.same(fits, [end], {
          what: `an end that fits the log, which last says that pay is ${last}`,
          detail: turned,
        });
      },
      { outside: goingBack, instances: 2, runs: 10 },
    );
    // Another worker is quicker by a moment: it has read the same empty log, and writes first.
    const late = new SmallShop();
    const quicker: Outside = (name, given) => {
      if (name === 'write' && late.log.length === 0) late.log.push(...lines('cart begun'));
      return late.answer(name, given);
    };
    const { value } = await lab.run(resume, { outside: () => quicker });
    const detail =
      'Between its read and its first write another worker wrote “cart begun” at that place.';
    lab.same(late.asked, [], { what: 'what was asked by a worker that came too late', detail });
    lab.same(value, 'busy', { what: 'how it ended for that worker', detail });
  }),

  edge('tries again what was kept when it is resumed', async (lab) => {
    const log = ['cart begun', 'cart done', 'pay begun', 'pay done', 'ship begun', 'ship refused'];
    const shop = new SmallShop(NO_SHIP, lines(...log, 'pay kept', 'cart undone'));
    const { value } = await resumed(lab, shop);
    const detail = 'Yesterday the payment could not be taken back. Today it can.';
    const acts = shop.asked.filter((text) => text.startsWith('act'));
    lab.same(acts, [], { what: 'what was to be done by a saga that had turned back', detail });
    lab.same(shop.effects, [], { what: 'what is still done', detail });
    lab.same(value, 'undone', { what: 'how it ended', detail });
  }),

  edge('does nothing for a saga that has ended', async (lab) => {
    const done = SHOP_STEPS.flatMap((step) => [`${step} begun`, `${step} done`]);
    const back = [
      'cart begun',
      'cart done',
      'pay begun',
      'pay unknown',
      'pay undone',
      'cart undone',
    ];
    for (const [end, log] of [
      ['done', done],
      ['undone', back],
    ] as const) {
      const shop = new SmallShop({}, lines(...log));
      const { value } = await resumed(lab, shop);
      lab.same(value, end, { what: 'how it has ended' });
      lab.same(shop.asked, [], { what: 'what the services were asked' });
    }
  }),
];
