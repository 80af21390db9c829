// The family of a record as JSON, for its page in the API and for the command line. Pure.
#pragma once

#include "core/json.h"
#include "links/links.h"
#include "store/store.h"

#include <string_view>
#include <vector>

namespace moisson::api {

// Into the object under way:
// "leader":id,"copies":[{"id","url","source":{"id","title"},"remote_url","leads","why":[{"here","there","value"}],"via_another_copy"}]:
// the others of the family of record `id`, and the signals that link each: where this record (or another copy) bears a
// key, and where that one does. A record that stands alone leads itself and has no copies.
void write_family(json::Writer& out, std::string_view id, const std::vector<store::FamilyCopy>& copies,
                  const links::Links& links);

}  // namespace moisson::api
