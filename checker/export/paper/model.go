package paper

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// model is the paper as its files carry it: JSON, compressed, in letters that no format
// takes for markup. It has no time in it.
func (p *Paper) model() (string, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("write the paper's own data: %w", err)
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(text); err != nil {
		return "", fmt.Errorf("write the paper's own data: %w", err)
	}
	if err := z.Close(); err != nil {
		return "", fmt.Errorf("write the paper's own data: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b.Bytes()), nil
}

// fromModel reads what model gave.
func fromModel(text string) (*Paper, error) {
	packed, err := base64.RawURLEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("read the paper that the file carries: %w", err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("read the paper that the file carries: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(z, maxPart))
	if err != nil {
		return nil, fmt.Errorf("read the paper that the file carries: %w", err)
	}
	p := &Paper{}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(p); err != nil {
		return nil, fmt.Errorf("read the paper that the file carries: %w", err)
	}
	return p, nil
}
