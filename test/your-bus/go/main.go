// Handles 4,080 events of 51 aggregates in four goroutines, some of them out of order, and says what it did: the
// events and the regressions that it counted itself, under a lock of each aggregate. The goroutines wait for each other
// after every ten rounds.
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"
)

const aggregates, lanes = 51, 4
const ten, events = 10 * aggregates, 80 * aggregates

// A sound bus has nothing out of order, and the events of an aggregate in one lane.
var sound = os.Getenv("SOUND") != ""

// Event is what the broker delivers.
type Event struct {
	Aggregate string
	Version   int64
}

type state struct {
	sync.Mutex
	highest     int64
	regressions int
}

var states [aggregates]state

// docs/YOUR-BUS.md: begin
func handle(event Event, lane string) {
	Record(Line{Ev: "start", Aggregate: event.Aggregate, Version: event.Version, Lane: lane}) // before anything else
	apply(event)
}

func publish(event Event) error {
	Record(Line{Ev: "publish", Aggregate: event.Aggregate, Version: event.Version}) // before the client's call
	if err := send(event); err != nil {
		return err
	}
	Record(Line{Ev: "acked", Aggregate: event.Aggregate, Version: event.Version}) // the broker has acknowledged it
	return nil
}

// docs/YOUR-BUS.md: end

// apply takes a moment now and then, so that the lanes take turns.
func apply(event Event) {
	if event.Version%4 == 0 {
		time.Sleep(50 * time.Microsecond)
	}
}

func send(Event) error { return nil }

// task is the i-th event: aggregate by aggregate, the versions of the rounds 3 and 4 of every ten exchanged.
func task(i int) (int, Event) {
	aggregate, round := i%aggregates, i/aggregates
	version := round + 1
	switch {
	case sound:
	case round%10 == 3:
		version++
	case round%10 == 4:
		version--
	}
	name := "agg-" + strconv.Itoa(aggregate)
	if aggregate == 0 {
		name = "a\"b\\c\nü"
	}
	return aggregate, Event{name, int64(version)}
}

// handleShare handles a fourth of the events of ten rounds.
func handleShare(lane, from int) {
	for i := from; i < from+ten; i++ {
		if laneOf(i) != lane {
			continue
		}
		aggregate, event := task(i)
		one := &states[aggregate]
		one.Lock()
		handle(event, "w"+strconv.Itoa(lane))
		if event.Version < one.highest {
			one.regressions++
		} else {
			one.highest = event.Version
		}
		one.Unlock()
	}
}

func laneOf(i int) int {
	if sound {
		return i % aggregates % lanes
	}
	return i % ten % lanes
}

// publishShare publishes every fourth event.
func publishShare(lane int) {
	for i := lane; i < events; i += lanes {
		if _, event := task(i); publish(event) != nil {
			panic("not published")
		}
	}
}

// inLanes does the work in every lane at once and waits for all.
func inLanes(work func(lane int)) {
	var group sync.WaitGroup
	for lane := 0; lane < lanes; lane++ {
		group.Add(1)
		go func(lane int) {
			defer group.Done()
			work(lane)
		}(lane)
	}
	group.Wait()
}

func main() {
	inLanes(publishShare)
	for from := 0; from < events; from += ten {
		inLanes(func(lane int) { handleShare(lane, from) })
	}
	if err := CloseRecord(); err != nil {
		panic(err)
	}
	regressions := 0
	for i := range states {
		regressions += states[i].regressions
	}
	fmt.Printf("{\"events\":%d,\"regressions\":%d}\n", events, regressions)
}
