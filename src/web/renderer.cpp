#include "web/renderer.h"

#include "web/embedded.h"

#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include <utility>

namespace moisson::web {
namespace {

constexpr std::string_view folder = "templates/";
constexpr std::string_view pragma = "{{%AUTOESCAPE context=\"HTML\"}}";
constexpr int max_part_depth = 4;

Error bad_template(std::string_view name, std::string message) {
  return {ErrorCode::invalid_input, std::move(message), std::string(name), {}};
}

Result<void> compose(std::string_view text, std::string_view name, const Words& words, int depth, std::string& out) {
  if (depth > max_part_depth) return bad_template(name, "parts include each other too deeply");
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find("[[", at);
    const std::size_t close = open == text.npos ? text.npos : text.find("]]", open);
    if (close == text.npos) {
      out += text.substr(at);
      return {};
    }
    out += text.substr(at, open - at);
    const std::string_view key = text.substr(open + 2, close - open - 2);
    at = close + 2;
    if (key.starts_with('>')) {
      const std::string part = std::string(folder) + std::string(key.substr(1)) + ".part";
      const std::string_view content = embedded(part);
      if (content.empty()) return bad_template(name, "there is no " + part);
      if (auto done = compose(content, part, words, depth + 1, out); !done) return done;
    } else if (words.has(key)) {
      out += words(key);
    } else {
      return bad_template(name, "no string " + std::string(key) + " in " + std::string(words.language()));
    }
  }
  return {};
}

// Raw output is for markup that an allow list made, and its name says so.
bool raw_output_is_named(std::string_view text) {
  constexpr std::string_view raw = ":none}}";
  for (std::size_t at = text.find(raw); at != text.npos; at = text.find(raw, at + 1))
    if (!text.substr(0, at).ends_with("_HTML")) return false;
  return true;
}

void fill(ctemplate::TemplateDictionary& dictionary, const Model& model) {
  const auto view = [](std::string_view text) { return ctemplate::TemplateString(text.data(), text.size()); };
  for (const auto& [name, value] : model.texts()) dictionary.SetValueWithoutCopy(view(name), view(value));
  for (const auto& [name, items] : model.sections())
    for (const Model& item : items) fill(*dictionary.AddSectionDictionary(view(name)), item);
}

std::string key_of(std::string_view name, std::string_view language) {
  return std::string(language) + '/' + std::string(name);
}

}  // namespace

Result<std::string> composed(std::string_view name, const Words& words) {
  const std::string_view text = embedded(std::string(folder) + std::string(name));
  if (!text.starts_with(pragma)) return bad_template(name, "it does not begin with the AUTOESCAPE pragma");
  std::string out;
  if (auto done = compose(text, name, words, 0, out); !done) return done.error();
  if (!raw_output_is_named(out)) return bad_template(name, "raw output of a value that is not named _HTML");
  return out;
}

struct Renderer::Body {
  WordTable table;
  ctemplate::TemplateCache templates;
};

Renderer::Renderer() : body_(std::make_unique<Body>()) {}
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer::~Renderer() = default;

Result<Renderer> Renderer::load() {
  Renderer renderer;
  auto table = WordTable::read(embedded("strings.tsv"));
  if (!table) return table.error();
  renderer.body_->table = std::move(*table);
  for (const Words& words : renderer.table().languages())
    for (const auto& [path, content] : all_embedded()) {
      if (!path.starts_with(folder) || !path.ends_with(".html")) continue;
      const std::string_view name = path.substr(folder.size());
      const auto text = composed(name, words);
      if (!text) return text.error();
      if (!renderer.body_->templates.StringToTemplateCache(key_of(name, words.language()), *text,
                                                           ctemplate::STRIP_BLANK_LINES))
        return bad_template(name, "ctemplate cannot read it in " + std::string(words.language()));
    }
  renderer.body_->templates.Freeze();
  return renderer;
}

const WordTable& Renderer::table() const { return body_->table; }

Result<std::string> Renderer::render(std::string_view name, const Words& words, const Model& model) const {
  ctemplate::TemplateDictionary dictionary("");
  fill(dictionary, model);
  std::string out;
  if (!body_->templates.ExpandNoLoad(key_of(name, words.language()), ctemplate::STRIP_BLANK_LINES, &dictionary, nullptr,
                                     &out))
    return Error{ErrorCode::internal, "no template", std::string(name), {}};
  return out;
}

}  // namespace moisson::web
