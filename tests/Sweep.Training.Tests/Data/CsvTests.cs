using Sweep.Training.Data;

namespace Sweep.Training.Tests.Data;

/// <summary>CSV files: what they become, and what is said of bad ones.</summary>
public sealed class CsvTests : IDisposable
{
    private const string Good = "length,colour,kind\n1,red,b\n2, blue ,a\n3,\"red\",b\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("sweep-csv-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_NumbersAndNames_AreStandardisedAndOneHot()
    {
        var set = Load(Good);

        // Of 1, 2, 3: mean 2, deviation √(2/3). Names in their order: blue, red; classes a, b.
        var unit = (float)(1 / Math.Sqrt(2.0 / 3));
        Assert.Equal((3, 2, 3), (set.Features, set.ClassCount, set.Train.Count));
        Assert.Equal([-unit, 0, 1, 0, 1, 0, unit, 0, 1], set.Train.Values!);
        Assert.Equal([1L, 0, 1], set.Train.Labels);
        Assert.Null(set.Train.Targets);
        Assert.False(set.HasTest);
        Assert.Equal("train.csv", Assert.Single(set.Train.Files).Name);
    }

    [Fact]
    public void Load_LabelOfWholeNumbers_ClassesAreInTheirOrder()
    {
        var set = Load("10,x\n9,y\n10,x\n-1,y\n", new DatasetOptions { Header = false, Label = "1" });

        Assert.Equal([2L, 1, 2, 0], set.Train.Labels);
        Assert.Equal([10f, 9, 10, -1], set.Train.Targets!);
    }

    [Fact]
    public void Load_ColumnsAndCategorical_AreTakenInTheOrderGiven()
    {
        var set = Load("zip,size,kind\n10,1,a\n20,2,b\n", new DatasetOptions { Columns = ["size", "zip"], Categorical = ["zip"] });

        Assert.Equal([-1f, 1, 0, 1, 0, 1], set.Train.Values!);
    }

    [Theory]
    [InlineData("a,b\r\n1,x\r\n2,y\r\n")]
    [InlineData("\ufeffa,b\n\n1,x\n2,y")]
    [InlineData("\"a\",\"b\"\n\"1\" ,x\n2,\"y\"\n\n")]
    public void Load_LineEndsMarksAndQuotes_AreAllTheSame(string text) => Assert.Equal([-1f, 1], Load(text).Train.Values!);

    [Fact]
    public void Load_QuotedCommasQuotesAndLineEnds_AreParts()
    {
        var error = Assert.Throws<TrainingException>(() => Load("a,b\n\"x,\"\"y\"\"\nz\",1\nw,\n"));

        // The row after the one of two lines begins on the fourth: its own value was taken whole.
        Assert.EndsWith("train.csv:4: label b: the value is missing", error.Message);
    }

    [Theory]
    [InlineData("", "train.csv: the file is empty")]
    [InlineData("a,b\n", "train.csv:1: no row follows the header")]
    [InlineData("a,b\n1,x\n2\n", "train.csv:3: 1 values, but line 1 has 2")]
    [InlineData("a,b\n1,x\n,y\n", "train.csv:3: column a: the value is missing")]
    [InlineData("a,b\n1,x\nNA,y\n", "train.csv:3: column a: 'NA' is not a number; if the column holds names, list it in task.categorical")]
    [InlineData("a,b\n1,x\ninf,y\n", "train.csv:3: column a: 'inf' is not a number")]
    [InlineData("a,b\nu,x\n,y\n", "train.csv:3: column a: the value is missing")]
    [InlineData("a,b\n1,x\n2,\n", "train.csv:3: label b: the value is missing")]
    [InlineData("a,b\n1,x\n2,x\n", "train.csv:2: label b: all rows are of the one class 'x'")]
    [InlineData("a,a\n1,x\n2,y\n", "train.csv:1: two columns are called a")]
    [InlineData("a\nx\ny\n", "train.csv:1: there is no column beside the label")]
    [InlineData("a,b\n\"1,x\n2,y\n", "train.csv:2: a quote is opened here and never closed")]
    [InlineData("a,b\n\"1\n\"2,x\n", "train.csv:3: '2' follows a closing quote")]
    public void Load_BadFile_SaysWhereAndWhat(string text, string message) =>
        Assert.StartsWith(Path.Combine(_folder, message), Assert.Throws<TrainingException>(() => Load(text)).Message);

    [Fact]
    public void Load_UnknownColumn_NamesThoseThereAre()
    {
        var error = Assert.Throws<TrainingException>(() => Load(Good, new DatasetOptions { Label = "knd" }));
        Assert.Equal($"task.label: {Path.Combine(_folder, "train.csv")} has no column knd; it has length, colour, kind", error.Message);
    }

    [Fact]
    public void Test_IsEncodedAsTheTrainingFile()
    {
        var test = Write("test.csv", "length,colour,kind\n2,red,a\n");
        var set = Load(Good, new DatasetOptions { TestPath = test });

        Assert.True(set.HasTest);
        Assert.Equal([0f, 0, 1], set.GetTest().Values!);
        Assert.Equal([0L], set.GetTest().Labels);
        Assert.Equal("test.csv", Assert.Single(set.GetTest().Files).Name);
    }

    [Theory]
    [InlineData("length,colour,kind\n2,green,a\n", ":2: column colour: 'green' is none of the 2 names that the training file holds")]
    [InlineData("length,colour,kind\n2,red,c\n", ":2: label kind: 'c' is none of the 2 classes of the training file")]
    [InlineData("length,kind\n2,c\n", ":1: 2 columns; the training file has 3")]
    [InlineData("length,kind,colour\n2,c,red\n", ":1: the columns are not called as in the training file")]
    public void Test_ThatDoesNotFit_SaysWhere(string text, string message)
    {
        var test = Write("test.csv", text);
        var set = Load(Good, new DatasetOptions { TestPath = test });

        Assert.Equal(test + message, Assert.Throws<TrainingException>(set.GetTest).Message);
    }

    [Fact]
    public void Load_NumbersToPredict_AreTheTargetsAsTheyStand()
    {
        var text = "a,price\n" + string.Concat(Enumerable.Range(0, 1200).Select(i => FormattableString.Invariant($"{i},{i * 0.5}\n")));
        var test = Write("test.csv", "a,price\n7,-1e3\n");
        var set = Load(text, new DatasetOptions { PredictsNumbers = true, TestPath = test });

        Assert.True(set.PredictsNumbers);
        Assert.Equal((1, 1200), (set.ClassCount, set.Train.Count));
        Assert.Equal([0f, 0.5f, 1], set.Train.Targets![..3]);
        Assert.Equal([-1000f], set.GetTest().Targets!);
    }

    [Theory]
    [InlineData("a,b\n1,2\n2,x\n", ":3: label b: 'x' is not a number; task.predict: class takes names")]
    [InlineData("a,b\n1,2\n2,\n", ":3: label b: the value is missing")]
    [InlineData("a,b\n1,1e99\n", ":2: label b: '1e99' is too large a number")]
    [InlineData("a,b\n1,2\n2,2\n", ":2: label b: all rows have the one number 2")]
    public void Load_NoNumbersToPredict_SaysWhere(string text, string message) => Assert.Equal(
        Path.Combine(_folder, "train.csv") + message, Assert.Throws<TrainingException>(() => Load(text, new DatasetOptions { PredictsNumbers = true })).Message);

    private Dataset Load(string text, DatasetOptions? options = null) =>
        DatasetRegistry.Load(DatasetRegistry.CsvPrefix + Write("train.csv", text), new DatasetLocations(null, _folder), options);

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder, name), text);
        return Path.Combine(_folder, name);
    }
}
