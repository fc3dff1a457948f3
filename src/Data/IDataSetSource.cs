namespace Reproduction.Data;

/// <summary>
/// Where a plugin's data set comes from. The class needs a constructor without parameters and the mark
/// <see cref="DataSetAttribute"/>.
/// </summary>
public interface IDataSetSource
{
    /// <summary>Reads or generates the data set; the same samples whenever it is called.</summary>
    /// <param name="folder">The folder of the data set within the data folder, named like its id; it need not
    /// exist.</param>
    /// <exception cref="DataSetException">Files are missing or wrong; the message says which, and what to
    /// do.</exception>
    DataSet Load(string folder);
}
