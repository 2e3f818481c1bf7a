/** Small changes of a detection: of its items, their values, and the condition over its search identifiers. */
import type { Condition, Detection, DetectionItem, ItemValue, Search, SearchExpression } from '../../sigma/rule.ts';

export interface DetectionMutant { readonly what: string; readonly by: Detection }
interface Change<Part> { readonly what: string; readonly by: Part }

const always: SearchExpression = { kind: 'and', members: [] };

/** Every item and every member of a condition taken away and turned round, every value taken away, every number moved by one. */
export function detectionMutants(detection: Detection): readonly DetectionMutant[] {
  const { searches, condition } = detection;
  const inSearches = [...searches].flatMap(([name, search]) => searchChanges(search.expression).map(({ what, by }) => ({
    what: `${name}: ${what}`, by: { ...detection, searches: new Map<string, Search>([...searches, [name, { ...search, expression: by }]]) },
  })));
  return [...inSearches, ...conditionChanges(condition).map(({ what, by }) => ({ what: `condition: ${what}`, by: { ...detection, condition: by } }))];
}

function searchChanges(expression: SearchExpression): readonly Change<SearchExpression>[] {
  if (expression.kind === 'item') return [{ what: `${nameOf(expression)} taken away`, by: always }, ...itemChanges(expression)];
  const { kind, members } = expression;
  return members.flatMap((member, index) => {
    const put = (by: readonly SearchExpression[]): SearchExpression => ({ kind, members: [...members.slice(0, index), ...by, ...members.slice(index + 1)] });
    const inside = member.kind === 'item' ? itemChanges(member) : searchChanges(member);
    return [
      { what: `${member.kind === 'item' ? nameOf(member) : `member ${String(index + 1)}`} taken away`, by: put([]) },
      ...inside.map(({ what, by }) => ({ what, by: put([by]) })),
    ];
  });
}

function itemChanges(item: DetectionItem): readonly Change<SearchExpression>[] {
  const name = nameOf(item);
  const withValues = (values: readonly ItemValue[]): SearchExpression => ({ ...item, values });
  return [
    { what: `${name} turned round`, by: { ...item, isNegated: !item.isNegated } },
    ...(item.values.length < 2 ? [] : item.values.map((value, index) => ({ what: `${name}: value ${textOf(value)} taken away`, by: withValues(item.values.filter((_, at) => at !== index)) }))),
    ...item.values.flatMap((value, index) => value.kind !== 'compare' ? [] : [-1, 1].map((step) => ({
      what: `${name}: ${textOf(value)} moved by ${String(step)}`, by: withValues(item.values.map((other, at) => at === index ? { ...value, value: value.value + step } : other)),
    }))),
  ];
}

function conditionChanges(condition: Condition): readonly Change<Condition>[] {
  switch (condition.kind) {
    case 'search': return [{ what: `${condition.name} turned round`, by: { kind: 'not', member: condition } }];
    case 'not': return [
      { what: `not before ${conditionText(condition.member)} taken away`, by: condition.member },
      ...conditionChanges(condition.member).filter(({ by }) => by.kind !== 'not').map(({ what, by }): Change<Condition> => ({ what, by: { kind: 'not', member: by } })),
    ];
    case 'selector': return [
      { what: `${conditionText(condition)} turned round`, by: { kind: 'not', member: condition } },
      ...(condition.names.length < 2 ? [] : [
        { what: `${conditionText(condition)} asks for ${condition.quantifier === 'any' ? 'all' : 'one'}`, by: { ...condition, quantifier: condition.quantifier === 'any' ? 'all' as const : 'any' as const } },
        ...condition.names.map((name) => ({ what: `${name} taken away`, by: { ...condition, names: condition.names.filter((other) => other !== name) } })),
      ]),
    ];
    default: {
      const { kind, members } = condition;
      return members.flatMap((member, index) => [
        { what: `${conditionText(member)} taken away`, by: { kind, members: members.filter((_, at) => at !== index) } },
        ...conditionChanges(member).map(({ what, by }): Change<Condition> => ({ what, by: { kind, members: members.map((other, at) => at === index ? by : other) } })),
      ]);
    }
  }
}

function nameOf({ field, modifiers }: DetectionItem): string {
  return field === undefined ? 'keywords' : [field, ...modifiers].join('|');
}

function textOf(value: ItemValue): string {
  switch (value.kind) {
    case 'string': return value.tokens.map((token) => token.kind === 'text' ? token.text : token.kind === 'any' ? '*' : token.kind === 'one' ? '?' : `%${token.name}%`).join('');
    case 'number': case 'boolean': return String(value.value);
    case 'compare': return `${value.operator} ${String(value.value)}`;
    case 'exists': return `exists: ${String(value.expected)}`;
    case 'cidr': return `${value.network}/${String(value.prefixLength)}`;
    case 'time-part': return `${value.part} ${String(value.value)}`;
    case 'fieldref': return value.field;
    case 'regex': return value.expression.source;
    case 'null': return 'null';
  }
}

function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'search': return condition.name;
    case 'selector': return `${condition.quantifier === 'any' ? '1' : 'all'} of ${condition.pattern}`;
    case 'not': return `not ${conditionText(condition.member)}`;
    default: return `(${condition.members.map(conditionText).join(` ${condition.kind} `)})`;
  }
}
