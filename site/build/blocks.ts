import type { Check } from "../../lessons/checks/contract.js";
import { codeOf, letter, solutionOf, stubOf, type Block, type Callout, type Language, type Prediction, type Quiz, type Task, type Text } from "../../lessons/format/index.js";
import { escape } from "./html.js";
import { highlight, inlineMarkdown, markdown } from "./markdown.js";
import { outputHtml } from "./output.js";
import type { Output } from "./outputs.js";
import { words } from "./words.js";

export interface BlockContext {
  language: Language;
  outputs: ReadonlyMap<string, Output[]>;
  checks: ReadonlyMap<string, Check>;
}

/** One block of a lesson as HTML. */
export function blockHtml(block: Block, context: BlockContext): string {
  const { language } = context;
  switch (block.kind) {
    case "section":
      return `<h2 id="${block.id}"><a href="#${block.id}">${inlineMarkdown(block.title[language])}</a></h2>`;
    case "prose":
      return markdown(block.text[language]);
    case "code":
      return code(codeOf(block, language), language) + output(block.id, context);
    case "task":
      return task(block, context);
    case "quiz":
      return quiz(block, language);
    case "prediction":
      return prediction(block, language);
    case "callout":
      return callout(block, language);
  }
}

function code(source: string, language: Language): string {
  return `<div class="code"><button type="button" class="copy" hidden data-done="${words.copied[language]}">${words.copy[language]}</button><pre tabindex="0"><code>${highlight(source)}</code></pre></div>`;
}

function output(id: string, { outputs, language }: BlockContext): string {
  const found = outputs.get(id) ?? [];
  return found.length ? `<div class="output" role="region" aria-label="${words.output[language]}">${outputHtml(found)}</div>` : "";
}

function task(block: Task, context: BlockContext): string {
  const { language, checks } = context;
  const check = checks.get(block.id);
  const say = (text: Text) => text[language];
  const hints = (check?.hints ?? []).map((hint, index) => `<details><summary>${say(words.hint)} ${index + 1}</summary>${markdown(say(hint))}</details>`).join("");
  return `<section class="task" aria-labelledby="task-${block.id}">
<h3 id="task-${block.id}">${say(words.task)}${check ? `: ${escape(say(check.title))}` : ""} <small>${block.points} ${say(words.points)}</small></h3>
${code(stubOf(block, language), language)}
${hints}<details><summary>${say(words.solution)}</summary>${code(solutionOf(block, language), language)}</details>
${output(block.id, context)}</section>`;
}

/** Each choice opens to its answer: works without scripts, by keyboard, on paper. */
function quiz(block: Quiz, language: Language): string {
  const choices = block.choices.map(({ text, right, why }, index) =>
    `<details><summary><b>${letter(index)}</b> ${inlineMarkdown(text[language])}</summary><p><strong>${words[right ? "right" : "wrong"][language]}</strong> ${inlineMarkdown(why[language])}</p></details>`);
  return `<section class="quiz" aria-label="${words.quiz[language]}">${markdown(block.question[language])}${choices.join("")}</section>`;
}

function prediction(block: Prediction, language: Language): string {
  const choices = block.choices.map((choice) => `<li>${inlineMarkdown(choice[language])}</li>`).join("");
  return `<section class="predict" aria-label="${words.predict[language]}"><strong>${words.predict[language]}</strong>${markdown(block.question[language])}<ul>${choices}</ul></section>`;
}

function callout(block: Callout, language: Language): string {
  return `<aside class="callout ${block.tone}"><strong>${escape(block.title[language] || words[block.tone][language])}</strong>${markdown(block.text[language])}</aside>`;
}
