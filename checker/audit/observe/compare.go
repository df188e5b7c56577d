package observe

func (b *builder) compare(before, after string) error { return nil }
