#include "api/family_json.h"

#include <algorithm>

namespace moisson::api {

void write_family(json::Writer& out, std::string_view id, const std::vector<store::FamilyCopy>& copies,
                  const links::Links& links) {
  const auto leader =
      std::find_if(copies.begin(), copies.end(), [](const store::FamilyCopy& copy) { return copy.leads; });
  out.field("leader", leader == copies.end() ? id : leader->id).key("copies").begin_array();
  for (const auto& copy : copies) {
    out.begin_object().field("id", copy.id).field("url", links.dataset(copy.id));
    out.key("source").begin_object().field("id", copy.source_id).field("title", copy.source_title).end_object();
    out.field("remote_url", copy.remote_url).key("leads").boolean(copy.leads).key("why").begin_array();
    for (const auto& key : copy.why)
      out.begin_object()
          .field("here", to_string(key.mine))
          .field("there", to_string(key.its))
          .field("value", key.value)
          .end_object();
    out.end_array().key("via_another_copy").boolean(!copy.direct).end_object();
  }
  out.end_array();
}

}  // namespace moisson::api
