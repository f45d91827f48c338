"""矩阵哨兵: collect -> record -> judge -> coordinate -> score -> report -> deliver."""
