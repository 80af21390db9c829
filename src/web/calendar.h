// Calendar: dates and spans of time in words. A publisher's Moment keeps its own precision and UTC; what happened here
// is told in the time zone of the machine (TZ). Pure but for that zone; thread-safe.
#pragma once

#include "web/words.h"

#include <moisson/core/time.h>

#include <chrono>
#include <string>

namespace moisson::web {

std::string date(const Words& words, const Moment& moment);    // "2 déc. 2025", "déc. 2025", "2025"
std::string day(const Words& words, Instant instant);          // "2 déc. 2025", here
std::string time_of_day(const Words& words, Instant instant);  // "5 h 07", here
std::string long_day(const Words& words, Instant instant);     // "mardi 13 janv. 2026", here

// "aujourd’hui, 5 h 07", "hier, 3 h 41", "demain, 3 h 41", else the day.
std::string when(const Words& words, Instant instant, Instant now);
// The same inside a sentence: "aujourd’hui à 5 h 07", "le 2 déc. 2025".
std::string when_in_text(const Words& words, Instant instant, Instant now);
// A moment of a publisher: relative only if it says the time.
std::string when(const Words& words, const Moment& moment, Instant now);

// "à l’instant", "il y a 2 h", "hier", "il y a 3 jours", and from 30 days on the day.
std::string ago(const Words& words, Instant instant, Instant now);

std::string duration(const Words& words, std::chrono::milliseconds span);  // "1 min 52 s"

// Midnights passed here since 1970: what "today" depends on, for ETags.
int day_number(Instant instant);

}  // namespace moisson::web
