"""The signals of 数据提示: one file each."""
