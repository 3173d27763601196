import type { Explanation } from "./explanations.js";

/** Names and packages that are not there. */
export const moduleErrors: readonly Explanation[] = [
  { codes: [2307, 2732], when: /module '(\.{1,2}\/[^']*|\/[^']*)'/, en: "There is no file {1}, seen from the notebook's folder. Check the name and the folder.", zh: "从笔记本所在文件夹看，没有文件 {1}。请检查文件名和路径。" },
  { codes: [2307], when: /module '((?:@[^'/]+\/)?[^'/]+)(?:\/[^']*)?'/, en: "The package {1} is not installed. In a terminal in the notebook's folder run: npm install {1}", zh: "没有安装包 {1}。请在笔记本所在文件夹的终端运行：npm install {1}" },
  { codes: [2305, 2724, 2614, 2613, 1192], when: /[Mm]odule '"([^']*)"'(?: has no (?:exported member(?: named)?|default export))(?: '([^']+)')?/, en: "{1} does not offer what is imported here. Check the spelling and the braces around the name.", zh: "{1} 没有提供这里导入的内容。请检查拼写，以及名称外的大括号。" },
  { codes: [2584], when: /name '([^']+)'/, en: "{1} exists in web pages; a cell runs outside of one. To show something, use display.", zh: "{1} 只存在于网页中，而单元格不在网页里运行。要显示内容，请用 display。" },
  { codes: [2304, 2552, 2503], when: /(?:name|namespace) '([^']+)'/, en: "Nothing is called {1} here. Check the spelling, or first run the cell that defines it.", zh: "这里没有名为 {1} 的内容。请检查拼写，或先运行定义它的单元格。" },
  { codes: [2874], en: "An element like <div> becomes a call of React, and there is no React here. Import it first.", zh: "像 <div> 这样的元素会变成对 React 的调用，而这里没有 React。请先导入它。" },
  { codes: [2693], when: /'([^']+)'/, en: "{1} is a type: it describes values and is not one. Use a value here.", zh: "{1} 是类型：它描述值，本身不是值。这里要用一个值。" },
  { codes: [2749], when: /'([^']+)'/, en: "{1} is a value, and here stands a type. Write typeof {1} for the type of that value.", zh: "{1} 是值，而这里要写类型。要表示该值的类型，请写 typeof {1}。" },
  { codes: [2451, 2300], when: /'([^']+)'/, en: "This cell defines {1} twice. Keep one, or rename the other; a later cell may define it anew.", zh: "这个单元格把 {1} 定义了两次。请保留一个或改名；之后的单元格可以重新定义它。" },
  { codes: [2448, 2449, 2450], when: /'([^']+)'/, en: "{1} is used above the line that gives it a value. Move that line up.", zh: "{1} 在赋值的那一行之前就被使用了。请把那一行移到前面。" },
  { codes: [2454], when: /'([^']+)'/, en: "{1} may still have no value here. Give it one where it is declared.", zh: "{1} 在这里可能还没有值。请在声明处给它一个值。" },
  { codes: [2588, 2540], when: /assign to '([^']+)'/, en: "{1} is fixed and cannot get another value. If it should change, declare it with let, without readonly.", zh: "{1} 是固定的，不能再赋值。如果需要改变，请用 let 声明，并去掉 readonly。" },
  { codes: [2628, 2629, 2630, 2631, 2632], when: /assign to '([^']+)'/, en: "{1} names a function, class or import and cannot be assigned. Store the value under another name.", zh: "{1} 是函数、类或导入的名称，不能赋值。请换一个名称保存这个值。" },
];
