using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>A rule's own parameters for one network, as its rule declared them.</summary>
public sealed class RuleParameters
{
    private readonly Dictionary<string, Matrix<float>> values = new(StringComparer.Ordinal);

    private RuleParameters(IReadOnlyList<ParameterDeclaration> declarations)
    {
        Declarations = declarations;
    }

    /// <summary>The parameters of a rule that has none.</summary>
    public static RuleParameters None { get; } = new([]);

    /// <summary>What the rule declared, in its order.</summary>
    public IReadOnlyList<ParameterDeclaration> Declarations { get; }

    /// <summary>Creates the parameters that a rule declares for a network, and draws their entries.</summary>
    /// <param name="random">The run's streams. Each parameter is drawn from a stream of its own,
    /// <c>parameter/NAME</c>.</param>
    /// <exception cref="ArgumentException">Two parameters share a name, or a shape or a layer is out of
    /// range.</exception>
    public static RuleParameters Draw(ILearningRule rule, FeedForwardNetwork network, RandomStreams random)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(random);
        IReadOnlyList<ParameterDeclaration> declarations = rule.Parameters(network);
        if (declarations.Count == 0)
        {
            return None;
        }

        RuleParameters parameters = new(declarations);
        foreach (ParameterDeclaration declaration in declarations)
        {
            if (declaration.Rows < 1 || declaration.Columns < 1)
            {
                throw new ArgumentException(
                    $"parameter {declaration.Name} is {declaration.Rows}×{declaration.Columns}; a parameter has at "
                        + "least one row and one column"
                );
            }

            if (declaration.Layer is { } layer && (layer < 0 || layer >= network.Layers.Count))
            {
                throw new ArgumentException(
                    $"parameter {declaration.Name} serves layer {layer}; the network's layers are 0 to "
                        + $"{network.Layers.Count - 1}"
                );
            }

            Matrix<float> matrix = Matrix<float>.Build.Dense(declaration.Rows, declaration.Columns);
            if (!parameters.values.TryAdd(declaration.Name, matrix))
            {
                throw new ArgumentException($"two parameters are named {declaration.Name}; rename one");
            }

            declaration.Draw.Fill(matrix, () => random[$"parameter/{declaration.Name}"]);
        }

        return parameters;
    }

    /// <summary>The parameters whose names begin with a prefix, under their names without it.</summary>
    public RuleParameters Within(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ParameterDeclaration[] own =
        [
            .. Declarations.Where(declared => declared.Name.StartsWith(prefix, StringComparison.Ordinal)),
        ];
        RuleParameters within = new([
            .. own.Select(declared => declared with { Name = declared.Name[prefix.Length..] }),
        ]);
        foreach (ParameterDeclaration declared in own)
        {
            within.values[declared.Name[prefix.Length..]] = values[declared.Name];
        }

        return within;
    }

    /// <summary>The parameter of that name, rows × columns as declared. A rule may read it but not change it.</summary>
    /// <exception cref="ArgumentException">The rule declared no parameter of that name.</exception>
    public Matrix<float> this[string name] =>
        values.TryGetValue(name, out Matrix<float>? matrix)
            ? matrix
            : throw new ArgumentException(
                $"there is no parameter '{name}'; declared are: {string.Join(", ", values.Keys.DefaultIfEmpty("none"))}"
            );
}
