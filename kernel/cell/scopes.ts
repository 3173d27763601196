import type { AnyNode, Identifier, Pattern, Program } from "acorn";
import { isNode } from "./walk.js";

/** An identifier that refers to a name of the cell's top level or of an earlier cell. */
export interface OuterUse {
  node: Identifier;
  /** It is assigned: `=`, `+=`, `++`, a destructuring target, the head of a `for ... of`. */
  write: boolean;
  /** It stands for key and value in `{ x }`. */
  shorthand: boolean;
}

type Scope = { names: Set<string>; parent: Scope | undefined };

/** Every use of a name that no scope inside the program declares, in no particular order. */
export function findOuterUses(program: Program): OuterUse[] {
  const uses: OuterUse[] = [];
  const visit = (node: AnyNode | null | undefined, scope: Scope | undefined): void => {
    if (!node) return;
    const inner = openScope(node, scope);
    for (const { child, role, shorthand = false } of children(node)) {
      if (child.type !== "Identifier") visit(child, inner);
      else if (role !== "none" && !declared(child.name, inner)) uses.push({ node: child, write: role === "write", shorthand });
    }
  };
  visit(program, undefined);
  return uses;
}

function declared(name: string, scope: Scope | undefined): boolean {
  for (let at = scope; at; at = at.parent) if (at.names.has(name)) return true;
  return false;
}

type Child = { child: AnyNode; role: "read" | "write" | "none"; shorthand?: boolean };

/** Sub-nodes, and for those that are identifiers what they are to their parent. Patterns that assign are flattened here. */
function children(node: AnyNode): Child[] {
  switch (node.type) {
    case "MemberExpression": return list(node.object, ...(node.computed ? [node.property] : []));
    case "Property": return node.shorthand ? [{ child: node.value, role: "read", shorthand: true }] : list(...(node.computed ? [node.key] : []), node.value);
    case "MethodDefinition": case "PropertyDefinition": return list(...(node.computed ? [node.key] : []), node.value);
    case "LabeledStatement": return list(node.body);
    case "BreakStatement": case "ContinueStatement": case "MetaProperty": return [];
    case "ImportDeclaration": case "ExportAllDeclaration": return [];
    case "ExportNamedDeclaration": return list(node.declaration);
    case "AssignmentExpression": return [...assigned(node.left), ...list(node.right)];
    case "UpdateExpression": return assigned(node.argument as Pattern);
    case "ForInStatement": case "ForOfStatement":
      return [...(node.left.type === "VariableDeclaration" ? list(node.left) : assigned(node.left)), ...list(node.right, node.body)];
    case "VariableDeclarator": return [...bound(node.id), ...list(node.init)];
    case "FunctionDeclaration": case "FunctionExpression": case "ArrowFunctionExpression":
      return [...node.params.flatMap(bound), ...list(node.body)];
    case "ClassDeclaration": case "ClassExpression": return list(node.superClass, node.body);
    case "CatchClause": return [...(node.param ? bound(node.param) : []), ...list(node.body)];
    default: return list(...Object.values(node).flat().filter(isNode));
  }
}

function list(...nodes: (AnyNode | null | undefined)[]): Child[] {
  return nodes.filter((node) => node != null).map((child) => ({ child: child as AnyNode, role: "read" }));
}

/** Targets of an assignment pattern, and the expressions inside it. */
function assigned(pattern: Pattern | AnyNode): Child[] {
  return walkPattern(pattern, "write");
}

/** The same for a declaration: its names are declared elsewhere, only defaults and computed keys are uses. */
function bound(pattern: Pattern): Child[] {
  return walkPattern(pattern, "none");
}

function walkPattern(pattern: Pattern | AnyNode, role: "write" | "none"): Child[] {
  switch (pattern.type) {
    case "Identifier": return [{ child: pattern, role }];
    case "AssignmentPattern": return [...walkPattern(pattern.left, role), ...list(pattern.right)];
    case "RestElement": return walkPattern(pattern.argument, role);
    case "ArrayPattern": return pattern.elements.flatMap((element) => (element ? walkPattern(element, role) : []));
    case "ObjectPattern": return pattern.properties.flatMap((property) => {
      if (property.type === "RestElement") return walkPattern(property, role);
      const key = property.computed ? list(property.key) : [];
      const [first, ...rest] = walkPattern(property.value, role);
      return [...key, ...(first ? [{ ...first, shorthand: property.shorthand }] : []), ...rest];
    });
    default: return list(pattern as AnyNode);
  }
}

/** The scope that `node` opens, with its names; or the one around it. The program itself opens none. */
function openScope(node: AnyNode, parent: Scope | undefined): Scope | undefined {
  const scope: Scope = { names: new Set(), parent };
  switch (node.type) {
    case "FunctionDeclaration": case "FunctionExpression": case "ArrowFunctionExpression":
      for (const param of node.params) collect(param, scope.names);
      if (node.type !== "ArrowFunctionExpression") scope.names.add("arguments");
      if (node.type === "FunctionExpression" && node.id) scope.names.add(node.id.name);
      hoistVars(node.body, scope.names);
      return scope;
    case "ClassExpression": case "ClassDeclaration":
      if (node.id) scope.names.add(node.id.name);
      return scope;
    case "StaticBlock":
      for (const statement of node.body) hoistVars(statement, scope.names);
      lexical(node.body, scope.names);
      return scope;
    case "BlockStatement": lexical(node.body, scope.names); return scope;
    case "SwitchStatement": lexical(node.cases.flatMap((part) => part.consequent), scope.names); return scope;
    case "ForStatement": if (node.init?.type === "VariableDeclaration") lexical([node.init], scope.names); return scope;
    case "ForInStatement": case "ForOfStatement": if (node.left.type === "VariableDeclaration") lexical([node.left], scope.names); return scope;
    case "CatchClause": if (node.param) collect(node.param, scope.names); return scope;
    default: return parent;
  }
}

function lexical(body: AnyNode[], names: Set<string>): void {
  for (const node of body) {
    if (node.type === "VariableDeclaration" && node.kind !== "var") for (const { id } of node.declarations) collect(id, names);
    if ((node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") && node.id) names.add(node.id.name);
  }
}

function hoistVars(node: AnyNode, names: Set<string>): void {
  for (const declaration of findVars(node)) for (const { id } of declaration.declarations) collect(id, names);
}

/** `var` declarations in a statement, functions and classes left out. */
export function findVars(node: AnyNode): Extract<AnyNode, { type: "VariableDeclaration" }>[] {
  if (node.type === "VariableDeclaration") return node.kind === "var" ? [node] : [];
  if (!/Statement$|^SwitchCase$|^CatchClause$|^Program$/.test(node.type) || node.type === "ExpressionStatement") return [];
  return Object.values(node).flat().filter(isNode).flatMap(findVars);
}

/** The identifiers that a pattern binds. `shorthand`: one word is key and name, as in `{ x }`. */
export function boundBy(pattern: Pattern): { node: Identifier; shorthand: boolean }[] {
  return bound(pattern).flatMap(({ child, role, shorthand = false }) =>
    role === "none" && child.type === "Identifier" ? [{ node: child, shorthand }] : []);
}

function collect(pattern: Pattern, names: Set<string>): void {
  for (const { node } of boundBy(pattern)) names.add(node.name);
}
