/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /**
     * The lesson being rendered; absent on other pages. The lesson page sets it before it renders
     * the MDX, so that components know which lesson they stand in and can name its file in errors.
     */
    lesson?: {
      /** File name without number and extension: `life-of-an-instance`. */
      readonly slug: string;
      /** From the project root, with forward slashes: `src/content/lessons/03-life-of-an-instance.mdx`. */
      readonly file: string;
      /** A part of it that is on a page of its own, and fetched into the lesson: ids of the page begin with it. */
      readonly part?: string;
      /** Its readers have not come to the lesson on the life of an instance. */
      readonly comesBeforeInstances: boolean;
      /** Its readers have not come to the lesson that explains prices. */
      readonly comesBeforePrices: boolean;
    };
  }
}
