using System.Globalization;
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
        Assert.Null(set.Train.Targets);
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
    [InlineData("\ufeff\"a \",\" b\"\n\" 1\",x\n2,\" y\"\n")]
    [InlineData("a;b\n1;x\n2;y\n")]
    [InlineData("a\tb\n1\tx\n2\ty\n")]
    [InlineData("\"a;,\tx\"\tb\n1\tx\n2\ty\n")]
    [InlineData("a;b,\n1;x\n2;y\n")]
    [InlineData("a,b,,\n1,x,,\n2,y,,\n")]
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
    [InlineData("a,b\n1,x\nNA,y\n", "train.csv:3: column a: 'NA' (line 3) is not a number, 1 of 2 values; correct these rows or remove them; if the column holds names, list it in task.categorical")]
    [InlineData("a,b\n1,x\ninf,y\n", "train.csv:3: column a: 'inf' (line 3) is not a number")]
    [InlineData("a,b\nNA,x\n1,y\n2,x\n", "train.csv:2: column a: 'NA' (line 2) is not a number, 1 of 3 values; ")]
    [InlineData("a,b\nnan,x\n1,y\n2,x\n", "train.csv:2: column a: 'nan' (line 2) is not a number, 1 of 3 values; ")]
    [InlineData("a,b\n1e999,x\n1,y\n2,x\n", "train.csv:2: column a: '1e999' (line 2) is not a number, 1 of 3 values; ")]
    [InlineData("a,b\n\"1,5\",x\n1,y\n2,x\n", "train.csv:2: column a: '1,5' (line 2) is not a number, 1 of 3 values; decimals follow a point: ")]
    [InlineData("a,b\n\"1,5\",x\n\"2,5\",y\n", "train.csv:2: column a: '1,5' (line 2), '2,5' (line 3) are not numbers, 2 of 2 values; decimals follow a point: ")]
    [InlineData("a,b\n1 000,x\n2 000,y\n", "train.csv:2: column a: '1 000' (line 2), '2 000' (line 3) are not numbers, 2 of 2 values; correct")]
    [InlineData("a,b\n12%,x\n1%,y\n", "train.csv:2: column a: '12%' (line 2), '1%' (line 3) are not numbers, 2 of 2 values; correct")]
    [InlineData("a,b\n1,x\nu,y\n2,x\nv,y\nw,y\n3,x\n4,x\nz,x\n", "train.csv:3: column a: 'u' (line 3), 'v' (line 5), 'w' (line 6) … are not numbers, 4 of 8 values; ")]
    [InlineData("a,b\nu,x\nv,y\n7,x\n", "train.csv:4: column a: '7' (line 4) is a number, 1 of 3 values, and the others are not; ")]
    [InlineData("a,b\n1,x\n,y\n,y\n3,y\n,x\n", "train.csv:3: column a: the value is missing; so it is in 3 of 5 rows: lines 3, 4, 6")]
    [InlineData("a,b\n1,x\n2,y\n3,7\n", "train.csv:4: label b: '7' (line 4) is a number, 1 of 3 values, and the others are not; ")]
    [InlineData("a,b\n1,1\n2,01\n3,1.0\n", "train.csv:2: label b: all rows are of the one class '1'")]
    [InlineData(",a,b\n0,1,x\n1,2,y\n", "train.csv:1: column 1 has no name")]
    [InlineData("a;b,c\n1;2,x\n3;4,y\n", "train.csv: comma or semicolon may be what separates values: set task.separator")]
    [InlineData("a,b\nu,x\n,y\n", "train.csv:3: column a: the value is missing")]
    [InlineData("a,b\n1,x\n2,\n", "train.csv:3: label b: the value is missing")]
    [InlineData("a,b\n1,x\n2,x\n", "train.csv:2: label b: all rows are of the one class 'x'")]
    [InlineData("a,a\n1,x\n2,y\n", "train.csv:1: two columns are called a")]
    [InlineData("a\nx\ny\n", "train.csv:1: there is no column beside the label")]
    [InlineData("a,b\n\"1,x\n2,y\n", "train.csv:2: a quote is opened here and never closed")]
    [InlineData("a,b\n\"1\n\"2,x\n", "train.csv:3: '2' follows a closing quote")]
    public void Load_BadFile_SaysWhereAndWhat(string text, string message) =>
        Assert.StartsWith(Path.Combine(_folder, message), Assert.Throws<TrainingException>(() => Load(text)).Message);

    [Theory]
    [InlineData("5.1,3.5,setosa\n4.9,3.0,setosa\n7.0,3.2,virginica\n")]
    [InlineData("5.1,NA,first\n4.9,3.0,second\n7.0,3.2,third\n")]
    [InlineData("red,a\nblue,b\nred,b\n")]
    [InlineData("1;2\n3;4\n5;4\n")]
    [InlineData("7,x\n7,y\n")]
    public void Load_FirstLineThatLooksLikeData_AsksForTheHeader(string text) => Assert.Equal(
        Path.Combine(_folder, "train.csv:1: the first line looks like data, not like names of columns: task.header: false when it is data, true when it is names"),
        Assert.Throws<TrainingException>(() => Load(text)).Message);

    [Fact]
    public void Load_FirstLineThatLooksLikeData_IsWhatTheSettingSays()
    {
        const string Text = "1990,2000\n1,4\n2,5\n3,4\n";
        Assert.Equal(3, Load(Text, new DatasetOptions { Header = true }).Train.Count);
        Assert.Equal(4, Load(Text, new DatasetOptions { Header = false }).Train.Count);
    }

    [Fact]
    public void Load_HeaderTakenAsData_AsksForTheHeader() => Assert.EndsWith(
        "train.csv:1: column 1: 'a' (line 1) is not a number, 1 of 3 values; does the first line name the columns (task.header: true)?",
        Assert.Throws<TrainingException>(() => Load("a,b\n1,x\n2,y\n", new DatasetOptions { Header = false })).Message);

    [Fact]
    public void Load_HeaderWithANameAboveNumbers_IsAHeader()
    {
        var set = Load("label,0,1\n0,4,5\n1,6,7\n", new DatasetOptions { Label = "label" });

        Assert.Equal((2, 2), (set.Features, set.Train.Count));
    }

    [Theory]
    [InlineData(7.0)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(14.62)]
    [InlineData(1e300)]
    [InlineData(-5e-324)]
    [InlineData(0.0)]
    public void Load_ConstantColumn_IsZeroInTrainingAndTest(double constant)
    {
        var text = constant.ToString("R", CultureInfo.InvariantCulture);
        var test = Write("test.csv", $"a,b\n{text},x\n0.4,y\n");
        var set = Load("a,b\n" + string.Concat(Enumerable.Repeat($"{text},x\n{text},y\n", 50)), new DatasetOptions { TestPath = test });

        Assert.All(set.Train.Values!, v => Assert.Equal(0f, v));
        Assert.Equal([0f, 0f], set.GetTest().Values!);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e154)]
    [InlineData(1e-154)]
    [InlineData(1e-300)]
    [InlineData(5e307)]
    [InlineData(-5e307)]
    public void Load_ColumnOfAnySize_IsStandardised(double unit)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"a,b\n{unit:R},x\n{2 * unit:R},y\n{3 * unit:R},x\n");
        var expected = Math.Sign(unit) * Math.Sqrt(1.5);

        Assert.Equal([-expected, 0, expected], Load(text).Train.Values!.Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Load_ColumnThatHardlyVaries_IsStandardised()
    {
        // 14.62 and the double above it, one to three: mean a quarter of the way up, deviation √3/4 of it.
        var above = Math.BitIncrement(14.62).ToString("R", CultureInfo.InvariantCulture);
        var values = Load("a,b\n" + string.Concat(Enumerable.Repeat($"14.62,x\n{above},y\n14.62,x\n14.62,y\n", 250))).Train.Values!;

        Assert.Equal([-1 / Math.Sqrt(3), Math.Sqrt(3)], values[..2].Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Test_ValueTooFarFromTheTrainingFile_IsAnError()
    {
        var test = Write("test.csv", "a,b\n1e300,x\n");
        Assert.StartsWith(test + ":2: column a: '1e300' is too far from the values of the training file: mean 1.5", Assert.Throws<TrainingException>(
            () => Load("a,b\n1,x\n2,y\n", new DatasetOptions { TestPath = test })).Message);
    }

    [Fact]
    public void Load_DecimalCommas_AreReadWhereTheSettingSaysSo()
    {
        var set = Load("a;price\n1,5;10,5\n2,5;1e1\n", new DatasetOptions { DecimalComma = true, PredictsNumbers = true });

        Assert.Equal([-1f, 1], set.Train.Values!);
        Assert.Equal([10.5, 10], set.Train.Targets!);
        Assert.EndsWith(
            ":2: column a: '1.5' (line 2) is not a number, 1 of 2 values; decimals follow a comma, as task.decimal_comma says: write them all so",
            Assert.Throws<TrainingException>(() => Load("a;b\n1.5;x\n2,5;y\n", new DatasetOptions { DecimalComma = true })).Message);
    }

    [Fact]
    public void Load_SeparatorThatIsSet_IsTheOnlyOne()
    {
        Assert.Equal([1f, 0, 0, 1], Load("a;b,c\n1;2,x\n3;4,y\n", new DatasetOptions { Separator = ',' }).Train.Values!);
        Assert.EndsWith("there is no column beside the label", Assert.Throws<TrainingException>(() => Load(Good, new DatasetOptions { Separator = ';' })).Message);
    }

    [Fact]
    public void Load_DeclaredTypes_Win()
    {
        const string Mixed = "zip,kind\n01,a\n1,a\nNA,7\n2,7\n";
        var set = Load(Mixed, new DatasetOptions { Categorical = ["zip", "kind"] });

        Assert.Equal((4, 2), (set.Features, set.ClassCount));
        Assert.EndsWith(
            ":4: column zip: 'NA' (line 4) is not a number, 1 of 4 values; correct these rows or remove them",
            Assert.Throws<TrainingException>(() => Load(Mixed, new DatasetOptions { Numeric = ["zip"], Categorical = ["kind"] })).Message);
        Assert.EndsWith("'red' (line 2), 'blue' (line 3), 'red' (line 4) are not numbers, 3 of 3 values; correct these rows or remove them", Assert.Throws<TrainingException>(
            () => Load(Good, new DatasetOptions { Numeric = ["colour"] })).Message);
        Assert.Equal("task.numeric: zip is in task.categorical too", Assert.Throws<TrainingException>(
            () => Load(Mixed, new DatasetOptions { Numeric = ["zip"], Categorical = ["zip"] })).Message);
    }

    [Fact]
    public void Load_LabelOfNumbers_IsTheSameClassHoweverItIsWritten()
    {
        var test = Write("test.csv", "a,b\n1,1e1\n2,+1\n");
        var set = Load("a,b\n1,01\n2,1\n3,10\n4,-0\n5,1.0\n6,0\n7,0.5\n8,0.50\n", new DatasetOptions { TestPath = test });

        Assert.Equal([2L, 2, 3, 0, 2, 0, 1, 1], set.Train.Labels);
        Assert.Equal([3L, 2], set.GetTest().Labels);
    }

    [Theory]
    [InlineData(30, 0.5)]
    [InlineData(30, 1.0)]
    [InlineData(3, 0.1)]
    public void Load_LabelOfManyNumbers_SuggestsToPredictThem(int rows, double step)
    {
        var text = "a,price\n" + string.Concat(Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{1 + (i * step)}\n")));

        Assert.Contains("are no classes: task.predict: number predicts them", Assert.Throws<TrainingException>(() => Load(text)).Message, StringComparison.Ordinal);
        Assert.Equal(rows, Load(text, new DatasetOptions { Categorical = ["price"] }).ClassCount);
        Assert.Equal(1, Load(text, new DatasetOptions { PredictsNumbers = true }).ClassCount);
    }

    [Fact]
    public void Load_LabelOfFewNumbers_IsOfClasses() =>
        Assert.Equal(10, Load("a,stars\n" + string.Concat(Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{(i % 10) * 0.5}\n")))).ClassCount);

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
    [InlineData("length,colour,kind\nlong,red,a\n", ":2: column length: 'long' is not a number, as all values of the training file are")]
    [InlineData("length,colour,kind\n1,,a\n", ":2: column colour: the value is missing")]
    [InlineData("length,colour,kind\n", ":1: no row follows the header")]
    [InlineData("2,red,a\n", ":1: the columns are not called as in the training file")]
    [InlineData("", ": the file is empty")]
    public void Test_ThatDoesNotFit_SaysWhere(string text, string message)
    {
        var test = Write("test.csv", text);

        Assert.Equal(test + message, Assert.Throws<TrainingException>(() => Load(Good, new DatasetOptions { TestPath = test })).Message);
    }

    [Fact]
    public void Load_NumbersToPredict_AreTheTargetsAsTheyStand()
    {
        var text = "a,price\n" + string.Concat(Enumerable.Range(0, 1200).Select(i => FormattableString.Invariant($"{i},{i * 0.5}\n")));
        var test = Write("test.csv", "a,price\n7,-1e3\n");
        var set = Load(text, new DatasetOptions { PredictsNumbers = true, TestPath = test });

        Assert.True(set.PredictsNumbers);
        Assert.Equal((1, 1200), (set.ClassCount, set.Train.Count));
        Assert.Equal([0, 0.5, 1], set.Train.Targets![..3]);
        Assert.Equal([-1000.0], set.GetTest().Targets!);
    }

    [Theory]
    [InlineData("a,b\n1,2\n2,x\n", ":3: label b: 'x' (line 3) is not a number, 1 of 2 values; task.predict: class takes names")]
    [InlineData("a,b\n1,2\n2,\n", ":3: label b: the value is missing")]
    [InlineData("a,b\n1,1e99\n2,2\n", ":2: label b: '1e99' is too large a number")]
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
