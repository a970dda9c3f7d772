using Assay.Contracts.Documents;

namespace Assay.Server.Policies;

/// <summary>One kind of rule: the word that stands for it in a policy, how it is read, and how it is judged (pure).</summary>
sealed record RuleKind(string Word, Func<YamlMap, Rule, string, Rule> Read, Func<Rule, Piece, GateCase, RuleFinding> Judge);
