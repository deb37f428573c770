using Sweep.Search;
using Sweep.Search.Spec;

namespace Sweep.Client.Commands;

/// <summary>A sweep file with errors.</summary>
internal sealed class BadSpecException(IReadOnlyList<SpecError> errors)
    : SweepException(errors.Count == 1 ? "1 mistake in the sweep file" : $"{errors.Count} mistakes in the sweep file")
{
    public IReadOnlyList<SpecError> Errors => errors;
}
