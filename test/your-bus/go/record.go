// Writes the record of a bus: a line for each thing that happens. The page shows what stands between the marks.
package main

// docs/YOUR-BUS.md: begin
import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sync/atomic"
	"time"
)

// Line is one observation. Fields that are empty are left out.
type Line struct {
	Order     int64  `json:"order"`
	Ev        string `json:"ev"`
	Aggregate string `json:"aggregate"`
	Version   int64  `json:"version"`
	Delivery  string `json:"delivery,omitempty"`
	Lane      string `json:"lane,omitempty"`
}

var (
	places  atomic.Int64
	lines   = make(chan Line, 65536)
	written = make(chan error)
)

// Record takes the line's place first, by one atomic step, and leaves the writing to writeLines.
func Record(line Line) {
	line.Order = places.Add(1)
	lines <- line
}

func init() { go func() { written <- writeLines() }() }

func writeLines() error {
	file, err := os.Create(fmt.Sprintf("record-%d-%d.ndjson", time.Now().UnixMilli(), os.Getpid()))
	if err != nil {
		panic(err)
	}
	out := bufio.NewWriter(file)
	encoder := json.NewEncoder(out)
	for line := range lines {
		if err := encoder.Encode(line); err != nil {
			panic(err)
		}
	}
	return out.Flush()
}

// CloseRecord writes what is left. The program calls it last, when no handler runs any more.
func CloseRecord() error {
	close(lines)
	return <-written
}

// docs/YOUR-BUS.md: end
