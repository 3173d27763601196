import type { Explanation } from "./explanations.js";

/** Code that cannot be read yet. */
export const syntaxErrors: readonly Explanation[] = [
  { codes: [1005], when: /^'([)\]}])' expected/, en: "A bracket is opened and never closed. Add {1} where the part ends.", zh: "有一个括号打开后没有关上。请在这一部分结束处补上 {1}。" },
  { codes: [1005], when: /^'(,)' expected/, en: "Two things stand side by side with nothing between them. Put a comma between items, or an operator between values.", zh: "两个部分之间什么也没有。列表项之间要写逗号，值之间要写运算符。" },
  { codes: [1005], when: /^';' expected/, en: "The statement should have ended here. Check the word before it, or start a new line.", zh: "语句在这里本应结束。请检查前面的单词，或另起一行。" },
  { codes: [1005], when: /^'([^']+)' expected/, en: "{1} is missing here. Add it, or check what stands just before.", zh: "这里缺少 {1}。请补上，或检查紧挨在前面的内容。" },
  { codes: [1002], en: "A text begins with a quote and has no closing quote on its line. Close it, or use backticks for several lines.", zh: "字符串有开头的引号，却在本行没有结束的引号。请补上引号；跨多行的文本请用反引号。" },
  { codes: [1160], en: "A text in backticks is never closed. Add the closing backtick.", zh: "反引号文本没有结束。请补上结尾的反引号。" },
  { codes: [1010], en: "A comment that begins with /* is never closed. Add */.", zh: "以 /* 开头的注释没有结束。请补上 */。" },
  { codes: [1109], en: "A value is missing here. Write one after the operator or bracket, or remove what asks for it.", zh: "这里缺少一个值。请在运算符或括号后写上值，或删去多余的符号。" },
  { codes: [1128], en: "Nothing can begin with this. Often there is one closing bracket too many just before.", zh: "语句不能这样开头。常见原因是前面多了一个右括号。" },
  { codes: [1003], en: "A name is missing here. After a dot comes the name of a property.", zh: "这里缺少一个名称。点号后面要写属性名。" },
  { codes: [1134, 1123], en: "A declaration needs a name here. Names begin with a letter, _ or $.", zh: "声明在这里需要一个名称。名称以字母、_ 或 $ 开头。" },
  { codes: [1155], en: "A constant needs its value at once. Add `= value`, or use let.", zh: "常量必须立即赋值。请加上 `= 值`，或改用 let。" },
  { codes: [1127], en: "This character does not belong to the language. Look for curly quotes or full-width punctuation, and type it again.", zh: "语言中没有这个字符。请检查是否用了弯引号或全角标点，并重新输入。" },
  { codes: [1136], en: "Inside { } each property is written `name: value`. Check the commas and colons.", zh: "在 { } 里每个属性写作 `名称: 值`。请检查逗号和冒号。" },
  { codes: [1135], en: "A value is missing between the parentheses. Write an argument, or remove the extra comma.", zh: "括号里缺少一个值。请写上参数，或删去多余的逗号。" },
  { codes: [1011], en: "The brackets are empty. Write which element you want, such as [0].", zh: "方括号里是空的。请写明要取哪个元素，例如 [0]。" },
  { codes: [1351], en: "A name cannot begin with a digit. Put a letter first.", zh: "名称不能以数字开头。请先写一个字母。" },
  { codes: [1389, 1359], en: "{1} is a word of the language and cannot be a name. Choose another name.", zh: "{1} 是语言的保留字，不能用作名称。请换一个名称。" },
  { codes: [17008, 17002], en: "The element {1} is opened and not closed in the same order. Add its closing tag.", zh: "元素 {1} 没有按顺序关闭。请补上结束标签。" },
  { codes: [1308], en: "await works at the top of a cell and inside async functions; this function is neither. Write async before it.", zh: "await 只能用在单元格顶层或 async 函数里，而这个函数不是。请在函数前加上 async。" },
  { codes: [1108], en: "return leaves a function, and here is none. At the end of a cell, the last expression is the result by itself.", zh: "return 用于离开函数，而这里不在函数里。单元格最后一个表达式本身就是结果。" },
  { codes: [1104, 1105], en: "break and continue belong to a loop, and here is none. Move it inside the loop.", zh: "break 和 continue 属于循环，而这里不在循环里。请把它移到循环内。" },
];
