namespace Sweep.Store.Sqlite;

/// <summary>Which file systems a database may lie on: those whose locks and shared memory hold for every process that sees the file.</summary>
internal static class FileSystems
{
    /// <summary>The name of a file system that is shared over a network or with a virtual machine's host; null for any other.</summary>
    /// <param name="magic"><c>f_type</c> of statfs(2).</param>
    public static string? SharedName(uint magic) => magic switch
    {
        0x0000_6969 => "nfs",
        0x0000_517B or 0xFE53_4D42 => "smb",
        0xFF53_4D42 => "cifs",
        0x0102_1997 => "9p",
        0x6573_5546 => "fuse or virtiofs",
        0x786F_4256 => "vboxsf",
        0xBACB_ACBC => "vmhgfs",
        0x7C7C_6673 => "prl_fs",
        0x00C3_6400 => "ceph",
        0x0BD0_0BD0 => "lustre",
        0x4750_4653 => "gpfs",
        0x1983_0326 => "beegfs",
        0x0116_1970 => "gfs2",
        0x7461_636F => "ocfs2",
        0x5346_414F or 0x6B41_4653 => "afs",
        0x7375_7245 => "coda",
        0x0000_564C => "ncpfs",
        _ => null,
    };
}
