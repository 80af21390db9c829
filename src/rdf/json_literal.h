// Lexical forms of what JSON-LD writes as JSON. Pure; thread-safe.
#pragma once

#include "core/json.h"

#include <string>

namespace moisson::rdf {

// rdf:JSON: `value` by the JSON Canonicalization Scheme (RFC 8785).
std::string json_literal(json::View value);

struct NumberLiteral {
  std::string text;
  bool is_double = false;  // else an integer
};

// xsd:integer where the number is whole and below 10²¹, else canonical xsd:double (JSON-LD 1.1 API §8.2.2). Integers
// keep digits that a double would lose. `as_double`: never an integer.
NumberLiteral number_literal(json::View number, bool as_double);

}  // namespace moisson::rdf
