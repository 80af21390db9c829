#include "web/file_table.h"

#include "core/text.h"
#include "core/url.h"
#include "dcat/vocabulary.h"
#include "web/calendar.h"
#include "web/description.h"
#include "web/file_link.h"
#include "web/typography.h"

#include <algorithm>

namespace moisson::web {
namespace {

constexpr std::size_t shown_files = 100;

void dated(const Sheet& sheet, const std::optional<Moment>& moment, Model& model) {
  if (moment)
    model.add("DATE").set("ISO", format_moment(*moment)).set("WHEN", when(sheet.words(), *moment, sheet.page.now()));
  else
    model.show("NO_DATE");
}

std::string file_name(const Sheet& sheet, const dcat::Distribution& file, std::string_view address,
                      std::size_t position) {
  if (const std::string title = shown(sheet.value(file.title)); !title.empty()) return title;
  if (const auto url = parse_url(address); url) {
    const std::string name = percent_decode(std::string_view(url->path).substr(url->path.rfind('/') + 1));
    if (!name.empty() && is_utf8(name)) return std::string(cut(name, 200));
  }
  return sheet.words().fill("dataset.file_n", {{"n", number(sheet.words(), position)}});
}

void file(const Sheet& sheet, const dcat::Distribution& file, std::size_t position, Model& row) {
  const std::string address = file_address(file);
  const std::string name = file_name(sheet, file, address, position);
  if (const auto url = parse_url(address); url && is_web_url(address))
    row.add("LINKED")
        .set("URL", sheet.page.plain(sheet.links().file(sheet.stored.id, file_key(address))))
        .set("NAME", name)
        .set("HOST", url->host);
  else
    row.add("UNLINKED").set("NAME", name);
  if (const LangString* note = sheet.text(file.description)) {
    row.maybe("FILE_NOTE", shorten(note->value, 160));
    row.maybe("TEXT_LANG", sheet.lang_attribute(*note));
  }
  if (file.licence && !sheet.common().licence) {
    const auto* known = dcat::licence(*file.licence);
    row.maybe("FILE_LICENCE", known != nullptr ? std::string(known->label) : sheet.value(file.licence->label));
  }
  const auto* format = dcat::format_of(file);
  std::string format_name = format != nullptr ? std::string(format->label)
                            : file.format     ? sheet.value(file.format->label)
                                              : std::string();
  row.maybe("FORMAT", shorten(format_name, 30)).show_if(format_name.empty(), "NO_FORMAT");
  row.set("SIZE", file.byte_size && *file.byte_size > 0 ? bytes(sheet.words(), *file.byte_size) : std::string("–"));
  dated(sheet, file.modified ? file.modified : file.issued, row);
}

}  // namespace

void file_table(const Sheet& sheet, Model& model) {
  const auto& distributions = dcat::distributions(sheet.record);
  if (distributions.empty()) return;
  Model& section = model.add("FILES");
  section.set("FILE_COUNT", number(sheet.words(), distributions.size()));
  for (std::size_t i = 0; i < std::min(distributions.size(), shown_files); ++i)
    file(sheet, distributions[i], i + 1, section.add("FILE"));
  if (distributions.size() > shown_files)
    section.add("MORE_FILES")
        .set("TEXT", sheet.words().fill("dataset.all_files", {{"n", number(sheet.words(), distributions.size())}}))
        .set("URL", sheet.page.plain(sheet.links().page("/api/v1/datasets/" + sheet.stored.id)));
}

}  // namespace moisson::web
