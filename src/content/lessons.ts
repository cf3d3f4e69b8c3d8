/** The course in order: which lessons there are, in which part, and what stands before and after. */

import { getCollection, getEntry, type CollectionEntry } from 'astro:content';
import type { QuestionData } from './schemas.ts';
import { siteUrl } from '#src/site/base.ts';
import { placesOf, type CourseListPart, type LessonPlace } from './course-list.ts';
import { asks, labsIn, readingMinutes, sittingsOf } from './reading-time.ts';

/** A lesson that is written. */
export type Lesson = CollectionEntry<'lessons'>;

/** A lesson on the map of the course. */
export interface MappedLesson extends LessonPlace {
  readonly title: string;
  readonly summary: string;
  /** Undefined while it is only planned. */
  readonly lesson: Lesson | undefined;
}

let known: Promise<MappedLesson[]> | undefined;

/** Every lesson of the course list in its order: those that are written, and those to come. */
export function course(): Promise<MappedLesson[]> {
  // A build sees one state of the disk; in development the next page may see another.
  if (import.meta.env.DEV) return readLessons();
  return (known ??= readLessons());
}

async function readLessons(): Promise<MappedLesson[]> {
  const parts = (await getCollection('parts')).toSorted((a, b) => a.data.place - b.data.place);
  const written = new Map((await getCollection('lessons')).map((lesson) => [lesson.id, lesson]));
  return placesOf(parts.map(({ data }) => data)).map((place) => {
    const lesson = written.get(place.slug);
    const { title, summary } = lesson?.data ?? place.planned ?? { title: place.slug, summary: '' };
    return { ...place, title, summary, lesson };
  });
}

/** The lessons that are written, in order. */
export async function allLessons(): Promise<Lesson[]> {
  return (await course()).flatMap(({ lesson }) => lesson ?? []);
}

/** Those of the course list, and while authors work on them the drafts that are in no list. */
export async function lessonsWithPages(): Promise<Lesson[]> {
  return import.meta.env.DEV ? getCollection('lessons') : allLessons();
}

/** The parts, each with its lessons in order. */
export async function courseByPart(): Promise<{ part: CourseListPart; lessons: MappedLesson[] }[]> {
  const byPart = Map.groupBy(await course(), ({ part }) => part.id);
  return [...byPart.values()].flatMap((lessons) =>
    lessons[0] === undefined ? [] : [{ part: lessons[0].part, lessons }],
  );
}

/** Where a lesson stands; undefined for a draft that is in no list. */
export async function placeOf(slug: string): Promise<MappedLesson | undefined> {
  return (await course()).find((one) => one.slug === slug);
}

/** How long the core of a lesson takes someone new to it, in minutes. */
export interface Minutes {
  readonly read: number;
  readonly run: number;
  /** For its labs up to their contracts, as estimated; null where it has none. */
  readonly build: number | null;
}

/** Minutes of a lesson’s first sitting: read, as the text is long; run, as its author says; build, as its labs say. */
export async function minutesOf({ id, body = '', data }: Lesson): Promise<Minutes> {
  const { core } = sittingsOf(body);
  const build = await Promise.all(labsIn(core).map((lab) => buildingOf(`${id}/${lab}`)));
  return {
    read: await readingOf(id, core),
    run: data.minutes,
    build: build.length === 0 ? null : build.reduce((sum, minutes) => sum + minutes, 0),
  };
}

/** `12 to read, 15 to run, 25 to build (estimated)`. */
export function minutesText({ read, run, build }: Minutes): string {
  const lab = build === null ? '' : `, ${String(build)} to build (estimated)`;
  return `${String(read)} to read, ${String(run)} to run${lab}`;
}

/** Names of a lesson's labs, in both sittings. */
export function labsOf({ body = '' }: Lesson): string[] {
  return labsIn(body);
}

/** @param id of a lab: `<lesson>/<lab>` */
async function buildingOf(id: string): Promise<number> {
  const lab = await getEntry('labs', id);
  if (lab === undefined) throw new Error(`No lab has the id "${id}".`);
  return lab.data.minutes['first light'] + lab.data.minutes.contract;
}

/** Ids of the questions that the second sitting of a lesson asks; null where there is none. */
export async function laterQuestions({ id, body = '' }: Lesson): Promise<string[] | null> {
  const { second } = sittingsOf(body);
  if (second === '') return null;
  const questions = (await getEntry('quizzes', id))?.data ?? [];
  return questions.filter((question) => asks(second, question.id)).map((question) => question.id);
}

/** Minutes to read one sitting of a lesson, with the questions that it asks. */
export async function readingOf(slug: string, sitting: string): Promise<number> {
  const questions = (await getEntry('quizzes', slug))?.data ?? [];
  return readingMinutes(
    sitting,
    questions.filter(({ id }) => asks(sitting, id)),
  );
}

/** Questions of a lesson that its text does not ask. */
export async function reviewQuestions(slug: string): Promise<QuestionData[]> {
  const questions = (await getEntry('quizzes', slug))?.data ?? [];
  return questions.filter(({ review }) => review === true);
}

/** Whether a reader of the lesson `slug` has not come to `later` yet. */
export async function comesBefore(slug: string, later: string): Promise<boolean> {
  const slugs = (await allLessons()).map(({ id }) => id);
  return slugs.includes(slug) && slugs.indexOf(slug) < slugs.indexOf(later);
}

/** The nearest lessons that are written before and after one, and what is planned right after it. */
export interface Neighbours {
  readonly previous: MappedLesson | undefined;
  readonly next: MappedLesson | undefined;
  /** Only where nothing that is written follows. */
  readonly coming: MappedLesson | undefined;
}

/** The written lessons before and after, and the planned one after where none is written. All undefined for a draft. */
export async function neighbours(slug: string): Promise<Neighbours> {
  const all = await course();
  const at = all.findIndex((one) => one.slug === slug);
  if (at === -1) return { previous: undefined, next: undefined, coming: undefined };
  const isWritten = ({ lesson }: MappedLesson): boolean => lesson !== undefined;
  const next = all.slice(at + 1).find(isWritten);
  const coming = next === undefined ? all[at + 1] : undefined;
  return { previous: all.slice(0, at).findLast(isWritten), next, coming };
}

/** Where a lesson lives, under the site's base. */
export function lessonUrl(slug: string): string {
  return siteUrl(`/lessons/${slug}/`);
}
