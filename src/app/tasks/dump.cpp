#include "api/dump.h"

#include "app/tasks/tasks.h"

namespace moisson::app::tasks {

// A file travels as its pieces; a listener that is slow to take one holds the next back.
Result<void> dump(Instance& instance, json::View task, const Emit& emit) {
  const auto& catalog = instance.configuration().catalog;
  const api::Context context{instance.store(),
                             instance.slot(),
                             instance.links(),
                             instance.control(),
                             instance.clock(),
                             catalog.title,
                             catalog.language,
                             "",
                             [] { return std::uint64_t{0}; }};
  const auto dump = api::Dump::open(context, task["name"].string().value_or(""), {});
  if (!dump) return dump.error();
  const auto stream = dump->stream();
  for (std::string piece;;) {
    const auto more = stream->next(piece);
    if (!more) return more.error();
    if (!*more) return {};
    json::Writer out;
    out.begin_object().field("event", "piece").field("text", piece).end_object();
    if (!emit(out.text())) return Error{ErrorCode::cancelled, "nobody listens any more", "", ""};
  }
}

}  // namespace moisson::app::tasks
