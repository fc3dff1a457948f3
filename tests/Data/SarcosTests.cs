using System.Buffers.Binary;
using System.IO.Compression;
using Reproduction.Data;

namespace Reproduction.Tests.Data;

public sealed class SarcosTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sarcos-");

    private string Sarcos => Directory.CreateDirectory(Path.Combine(folder.FullName, "sarcos")).FullName;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Rows_are_pooled_made_distinct_and_split_anew()
    {
        double[][] rows = SarcosFiles.Rows(500, 1);
        WriteCsv("sarcos_inv_test.csv", rows[..300]);
        DataSet part = SarcosDataSet.Sarcos.Load(folder.FullName);
        Assert.Equal(
            ("SARCOS (its test part, split anew)", 240, 60, 21),
            (part.Title, part.Training.Examples.Count, part.Test.Examples.Count, part.Features)
        );
        Assert.Equal(part.Sha256, SarcosDataSet.Sarcos.Load(folder.FullName).Sha256);
        WriteMatlab("sarcos_inv.mat", rows[100..], compress: true);
        DataSet both = SarcosDataSet.Sarcos.Load(folder.FullName);
        Assert.Equal(
            ("SARCOS (split anew)", 400, 100),
            (both.Title, both.Training.Examples.Count, both.Test.Examples.Count)
        );
    }

    [Fact]
    public void A_row_that_one_file_rounds_is_the_other_files_row()
    {
        double[][] rows = [.. SarcosFiles.Rows(200, 7).Select(row => row.Select(value => value + 3.1e-8).ToArray())];
        WriteMatlab("sarcos_inv.mat", rows, compress: false);
        WriteCsv(
            "sarcos_inv_test.csv",
            [.. rows[..80].Select(row => row.Select(value => Math.Round(value, 6)).ToArray())]
        );
        DataSet data = SarcosDataSet.Sarcos.Load(folder.FullName);
        Assert.Equal(200, data.Training.Examples.Count + data.Test.Examples.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_formats_say_the_same(bool compress)
    {
        double[][] rows = SarcosFiles.Rows(150, 2);
        WriteCsv("sarcos_inv.csv", rows);
        DataSet csv = SarcosDataSet.Sarcos.Load(folder.FullName);
        File.Delete(Path.Combine(Sarcos, "sarcos_inv.csv"));
        WriteMatlab("sarcos_inv.mat", rows, compress);
        Assert.Equal(csv.Sha256, SarcosDataSet.Sarcos.Load(folder.FullName).Sha256);
    }

    [Fact]
    public void Columns_are_found_by_name_and_a_compressed_file_is_read_too()
    {
        double[][] rows = SarcosFiles.Rows(120, 3);
        WriteCsv("sarcos_inv.csv", rows);
        string expected = SarcosDataSet.Sarcos.Load(folder.FullName).Sha256,
            path = Path.Combine(Sarcos, "sarcos_inv.csv");
        string[] reversed = [.. File.ReadAllLines(path).Select(line => string.Join(',', line.Split(',').Reverse()))];
        File.Delete(path);
        using (StreamWriter writer = new(new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest)))
        {
            writer.Write(string.Join('\n', reversed));
        }

        Assert.Equal(expected, SarcosDataSet.Sarcos.Load(folder.FullName).Sha256);
    }

    public static TheoryData<string, string> Damage =>
        new()
        {
            { "header", "row 1 (the header) lacks the columns x3, t7" },
            { "word", "row 5, column x2: 'abc' is not a finite number" },
            { "nan", "row 6, column t1: 'NaN' is not a finite number" },
            { "infinity", "row 7, column t1: '∞' is not a finite number" },
            { "empty", "row 8, column x21: '' is not a finite number" },
            { "short", "row 9 has not as many cells as the header" },
            { "few", "has only 20 rows" },
            { "blank", "row 4 has not as many cells as the header" },
            { "twice", "row 1 (the header) has the column x2 more than once" },
            { "constant", "no target varies over the training rows" },
            { "huge", "row 5, column x2: '1e300' is beyond single precision" },
            { "nothing", "row 1 (the header) lacks the columns" },
        };

    [Theory]
    [MemberData(nameof(Damage))]
    public void A_damaged_table_is_refused_with_file_row_and_column(string kind, string expected)
    {
        WriteCsv("sarcos_inv.csv", SarcosFiles.Rows(120, 4));
        string path = Path.Combine(Sarcos, "sarcos_inv.csv");
        string[][] lines = [.. File.ReadAllLines(path).Select(line => line.Split(','))];
        switch (kind)
        {
            case "header":
                (lines[0][2], lines[0][27]) = ("y3", "torque7");
                break;
            case "word":
                lines[4][1] = "abc";
                break;
            case "nan":
                lines[5][21] = "NaN";
                break;
            case "infinity":
                lines[6][21] = "∞";
                break;
            case "empty":
                lines[7][20] = "";
                break;
            case "short":
                lines[8] = lines[8][..^1];
                break;
            case "blank":
                lines[3] = [""];
                break;
            case "twice":
                lines[0] = [.. lines[0], "x2"];
                lines = [lines[0], .. lines[1..].Select(line => (string[])[.. line, "1"])];
                break;
            case "constant":
                lines =
                [
                    lines[0],
                    .. lines[1..].Select(line => (string[])[.. line[..21], .. Enumerable.Repeat("0.1", 7)]),
                ];
                break;
            case "huge":
                lines[4][1] = "1e300";
                break;
            case "nothing":
                lines =
                [
                    [""],
                ];
                break;
            default:
                lines = lines[..21];
                break;
        }

        File.WriteAllLines(path, lines.Select(line => string.Join(',', line)));
        string message = Assert.Throws<DataSetException>(() => SarcosDataSet.Sarcos.Load(folder.FullName)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(
            kind == "few" ? Sarcos
                : kind == "constant" ? "SARCOS"
                : path,
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_compressed_file_that_was_cut_anywhere_is_refused_and_a_whole_one_may_have_two_members()
    {
        byte[] csv = System.Text.Encoding.UTF8.GetBytes(SarcosFiles.Csv(SarcosFiles.Rows(400, 9)));
        byte[] whole = Pack(csv);
        string path = Path.Combine(Sarcos, "sarcos_inv.csv.gz");
        int[] lengths = [.. Enumerable.Range(1, 40).Select(i => i * (whole.Length / 41)), .. Enumerable.Range(1, 20)];
        Assert.All(
            lengths.Select((length, i) => i < 40 ? length : whole.Length - length),
            length =>
            {
                File.WriteAllBytes(path, whole[..length]);
                string message = Assert
                    .Throws<DataSetException>(() => SarcosDataSet.Sarcos.Load(folder.FullName))
                    .Message;
                Assert.Contains("damaged gzip data, or cut short", message, StringComparison.Ordinal);
            }
        );
        int half = csv.AsSpan(0, csv.Length / 2).LastIndexOf((byte)'\n') + 1;
        File.WriteAllBytes(path, [.. Pack(csv[..half]), .. Pack(csv[half..])]);
        DataSet data = SarcosDataSet.Sarcos.Load(folder.FullName);
        Assert.Equal(400, data.Training.Examples.Count + data.Test.Examples.Count);

        static byte[] Pack(byte[] content)
        {
            MemoryStream packed = new();
            using (GZipStream target = new(packed, CompressionLevel.Optimal))
            {
                target.Write(content);
            }

            return packed.ToArray();
        }
    }

    [Fact]
    public void A_constant_target_is_left_out_by_name_and_a_constant_input_is_named()
    {
        // 0.1 has no exact binary fraction: the variance of many of them is not exactly 0.
        double[][] rows = SarcosFiles.Rows(400, 10);
        foreach (double[] row in rows)
        {
            (row[4], row[21 + 3]) = (0.1, 0.1);
        }

        WriteCsv("sarcos_inv.csv", rows);
        List<string> said = [];
        DataSet data = new DataSets(folder.FullName, mayDownload: false, said.Add).Open("sarcos");
        Assert.Equal(["t1", "t2", "t3", "t5", "t6", "t7"], data.Targets);
        Assert.Equal(6, data.Test.Examples.Outputs);
        Assert.All(data.Training.Examples.Inputs.Row(4), value => Assert.Equal(0, value));
        Assert.Equal(
            [
                $"data: {data.Title}: input 5 is the same in all training rows and says nothing",
                $"data: {data.Title}: target t4 is the same in all training rows and is left out",
            ],
            said
        );
        Assert.Contains(
            "has the same t4 in all training samples, so there is nothing to learn; others are: t1, t2",
            Assert.Throws<DataSetException>(() => data.Only("t4")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Rows_that_differ_in_their_smallest_digits_are_different_rows_and_blank_lines_at_the_end_are_none()
    {
        double[][] rows = [.. SarcosFiles.Rows(150, 11).Select(row => row.Select(value => value * 1e-8).ToArray())];
        WriteCsv("sarcos_inv.csv", rows);
        File.AppendAllText(Path.Combine(Sarcos, "sarcos_inv.csv"), "\r\n\n");
        DataSet data = SarcosDataSet.Sarcos.Load(folder.FullName);
        Assert.Equal(150, data.Training.Examples.Count + data.Test.Examples.Count);
    }

    [Fact]
    public void A_matlab_file_that_is_none_or_lies_about_its_sizes_is_refused()
    {
        string path = Path.Combine(Sarcos, "sarcos_inv.mat");
        File.WriteAllText(path, "no matlab file at all");
        Assert.Contains("not a MATLAB file of level 5", Refusal(), StringComparison.Ordinal);
        WriteMatlab("sarcos_inv.mat", SarcosFiles.Rows(120, 5), compress: false);
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..^1000]);
        Assert.Contains("damaged or truncated", Refusal(), StringComparison.Ordinal);
        byte[] lying = [.. whole];
        BinaryPrimitives.WriteInt32LittleEndian(lying.AsSpan(128 + 8 + 16 + 8), int.MaxValue);
        File.WriteAllBytes(path, lying);
        Assert.Contains("damaged or truncated", Refusal(), StringComparison.Ordinal);
        Random random = new(6);
        for (int i = 0; i < 300; i++)
        {
            byte[] noisy = [.. whole];
            for (int k = 0; k < 4; k++)
            {
                noisy[random.Next(128, 260)] = (byte)random.Next(256);
            }

            // Whatever a damaged header says, the file is either read or refused.
            File.WriteAllBytes(path, noisy);
            try
            {
                SarcosDataSet.Sarcos.Load(folder.FullName);
            }
            catch (DataSetException) { }
        }

        string Refusal() => Assert.Throws<DataSetException>(() => SarcosDataSet.Sarcos.Load(folder.FullName)).Message;
    }

    [Fact]
    public void What_is_not_there_is_said_with_how_to_get_it()
    {
        Assert.Contains(
            "sarcos_inv.mat",
            Assert.Throws<DataSetException>(() => SarcosDataSet.Sarcos.Load(folder.FullName)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("put sarcos_inv.mat", SarcosDataSet.Sarcos.Describe(folder.FullName), StringComparison.Ordinal);
        Assert.Contains(
            "no checksum is published",
            Assert
                .Throws<DataSetException>(() =>
                    new DataSets(folder.FullName, true, _ => { }).Fetch(SarcosDataSet.Sarcos)
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Numbers_that_fit_in_fewer_bytes_are_read_and_other_variables_passed_over()
    {
        double[][] rows =
        [
            .. SarcosFiles.Rows(110, 8).Select(row => row.Select(value => Math.Floor(value * 1000)).ToArray()),
        ];
        WriteCsv("sarcos_inv.csv", rows);
        string expected = SarcosDataSet.Sarcos.Load(folder.FullName).Sha256;
        File.Delete(Path.Combine(Sarcos, "sarcos_inv.csv"));

        // A scalar precedes the matrix; its name is so short that it shares its tag. The values are 16-bit integers.
        byte[] shorts = new byte[rows.Length * SarcosFiles.ColumnNames.Count * sizeof(short)];
        for (int i = 0; i < rows.Length * SarcosFiles.ColumnNames.Count; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(
                shorts.AsSpan(i * sizeof(short)),
                (short)rows[i % rows.Length][i / rows.Length]
            );
        }

        byte[] scalar = SarcosFiles.Element(
            14,
            [
                .. SarcosFiles.Element(6, [6, 0, 0, 0, 0, 0, 0, 0]),
                .. SarcosFiles.Element(5, [1, 0, 0, 0, 1, 0, 0, 0]),
                1,
                0,
                2,
                0,
                (byte)'a',
                (byte)'b',
                0,
                0,
                .. SarcosFiles.Element(9, BitConverter.GetBytes(3.0)),
            ]
        );
        File.WriteAllBytes(
            Path.Combine(Sarcos, "sarcos_inv.mat"),
            [.. SarcosFiles.Header(), .. scalar, .. SarcosFiles.Matrix(rows.Length, SarcosFiles.Element(3, shorts))]
        );
        Assert.Equal(expected, SarcosDataSet.Sarcos.Load(folder.FullName).Sha256);
    }

    private void WriteCsv(string name, double[][] rows) =>
        File.WriteAllText(Path.Combine(Sarcos, name), SarcosFiles.Csv(rows));

    private void WriteMatlab(string name, double[][] rows, bool compress) =>
        File.WriteAllBytes(Path.Combine(Sarcos, name), SarcosFiles.Matlab(rows, compress));
}
