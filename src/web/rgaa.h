// Rgaa: what was checked of this site against the 106 criteria of RGAA 4.1 (WCAG 2.1 AA), from one committed table
// (rgaa.tsv), from which the accessibility statement is made, so that it claims no more. Immutable; thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::web {

enum class Verdict : std::uint8_t { met, not_met, not_applicable };  // c, nc, na in the table

struct RgaaCriterion {
  std::string_view number;  // "1.1"; its theme stands before the dot
  Verdict verdict = Verdict::not_met;
  std::vector<std::string_view> methods;  // axe, test, tool, code, sight: how it was checked; at least one
  std::string_view title;
  std::string_view note;  // what to know of the verdict; may be empty

  int theme() const;  // 1 to 13
};

struct Rgaa {
  std::string_view date;  // of the assessment, 2026-01-31
  std::vector<RgaaCriterion> criteria;

  std::size_t count(Verdict verdict, int theme = 0) const;  // theme 0: all
  unsigned percent_met() const;                             // of those that apply, rounded down
};

// The table in a language; in the table's first one where it has no column for it. Views are into `tsv`.
// invalid_input with the line in `where`: a missing cell, an unknown verdict or method, no method, no date.
Result<Rgaa> read_rgaa(std::string_view tsv, std::string_view language);

}  // namespace moisson::web
