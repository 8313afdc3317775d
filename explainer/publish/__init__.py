"""What a reader takes away: the data, the charts, the chapters and the whole book, as files of the built site."""
