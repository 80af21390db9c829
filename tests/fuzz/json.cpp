// Any bytes as a page of JSON: read whole, and cut into elements without reading it.
#include "core/json.h"

#include "fuzz.h"

namespace moisson::fuzz {
namespace {

// What has a type reads back as it is written.
void check_value(json::View view) {
  json::Writer out;
  out.begin_array();
  if (const auto truth = view.boolean()) out.boolean(*truth);
  if (const auto text = view.string()) out.string(*text);
  if (const auto whole = view.integer()) out.integer(*whole);
  if (const auto real = view.number()) out.number(*real);
  const auto again = json::Document::parse(out.end_array().text());
  require(again.has_value(), "what is written can be read");
  std::size_t at = 0;
  if (view.boolean()) require(again->root()[at++].boolean() == view.boolean(), "a boolean reads back equal");
  if (view.string()) require(again->root()[at++].string() == view.string(), "a string reads back equal");
  if (view.integer()) require(again->root()[at++].integer() == view.integer(), "an integer reads back equal");
  if (view.number()) require(again->root()[at++].number() == view.number(), "a number reads back equal");
  require(at == again->root().size(), "nothing else is written");
}

// Everything that a View offers, on every value of the document.
void walk(json::View root) {
  std::vector<json::View> open{root};
  while (!open.empty()) {
    const json::View view = open.back();
    open.pop_back();
    require(!view.text().empty() || view.kind() >= json::Kind::string || view.kind() == json::Kind::null,
            "numbers and booleans have a text");
    check_value(view);
    if (view.is(json::Kind::object))
      for (std::size_t i = 0; i < view.size(); ++i) {
        require(view[view.key(i)].exists(), "a member is found by its name");
        require(json::pointer_token(view.key(i)).find('/') == std::string::npos, "a token of a pointer holds no slash");
        open.push_back(view.member(i));
      }
    for (const json::View item : view.items()) open.push_back(item);
  }
}

void check_elements(std::string_view bytes, std::string_view pointer, json::View array) {
  const auto list = json::elements(bytes, pointer);
  if (!array.is(json::Kind::array)) return;
  require(list && !list->broken, "the elements of a well-formed array are found");
  require(list->elements.size() == array.size(), "as many elements as the parser sees");
  for (const json::Element& element : list->elements) {
    const auto alone = json::Document::parse(element.bytes);
    require(alone && alone->root().dump() == array[element.index].dump(), "an element reads alone as it does inside");
  }
}

}  // namespace

void read(std::string_view bytes) {
  const auto document = json::Document::parse(bytes);
  if (!document) {
    check_elements(bytes, "", {});
    check_elements(bytes, "/result/results", {});
    return;
  }
  walk(document->root());
  const std::string text = document->root().dump();
  const auto again = json::Document::parse(text);
  require(again && again->root().dump() == text, "what is written reads back equal");
  check_elements(bytes, "", document->root());
  check_elements(bytes, "/result/results", document->root()["result"]["results"]);
}

}  // namespace moisson::fuzz
