#include "rdf/xml_literal.h"

#include <algorithm>
#include <tuple>

namespace moisson::rdf {
namespace {

std::string qualified(const xml::Name& name) {
  std::string out(name.prefix);
  if (!out.empty()) out += ':';
  return out.append(name.local);
}

// Canonical XML 1.0 §2.3.
void escape(std::string_view text, bool attribute, std::string& out) {
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += attribute ? ">" : "&gt;";
        break;
      case '"':
        out += attribute ? "&quot;" : "\"";
        break;
      case '\t':
        out += attribute ? "&#x9;" : "\t";
        break;
      case '\n':
        out += attribute ? "&#xA;" : "\n";
        break;
      case '\r':
        out += "&#xD;";
        break;
      default:
        out += c;
    }
  }
}

}  // namespace

std::string_view XmlLiteral::in_scope(std::string_view prefix) const {
  const auto found =
      std::find_if(rendered_.rbegin(), rendered_.rend(), [&](const auto& row) { return row.first == prefix; });
  return found == rendered_.rend() ? std::string_view{} : std::string_view(found->second);
}

// A namespace is written where it is visibly used and not yet in force (Exclusive XML Canonicalization §3).
void XmlLiteral::declare(const xml::Name& name, std::vector<std::pair<std::string, std::string>>& wanted) const {
  if (name.prefix == "xml" || in_scope(name.prefix) == name.ns) return;
  std::pair<std::string, std::string> row{name.prefix, name.ns};
  if (std::find(wanted.begin(), wanted.end(), row) == wanted.end()) wanted.push_back(std::move(row));
}

void XmlLiteral::start_element(const xml::Name& name, const std::vector<xml::Attribute>& attributes) {
  std::vector<std::pair<std::string, std::string>> wanted;
  declare(name, wanted);
  std::vector<const xml::Attribute*> sorted;
  for (const xml::Attribute& attribute : attributes) {
    if (!attribute.name.prefix.empty()) declare(attribute.name, wanted);
    sorted.push_back(&attribute);
  }
  std::sort(wanted.begin(), wanted.end());
  std::sort(sorted.begin(), sorted.end(), [](const xml::Attribute* a, const xml::Attribute* b) {
    return std::tie(a->name.ns, a->name.local) < std::tie(b->name.ns, b->name.local);
  });
  marks_.push_back(rendered_.size());
  open_.push_back(qualified(name));
  out_.append("<").append(open_.back());
  for (auto& row : wanted) {
    out_.append(row.first.empty() ? " xmlns" : " xmlns:").append(row.first).append("=\"");
    escape(row.second, true, out_);
    out_ += '"';
    rendered_.push_back(std::move(row));
  }
  for (const xml::Attribute* attribute : sorted) {
    out_.append(" ").append(qualified(attribute->name)).append("=\"");
    escape(attribute->value, true, out_);
    out_ += '"';
  }
  out_ += '>';
}

bool XmlLiteral::end_element() {
  if (open_.empty()) return false;
  out_.append("</").append(open_.back()).append(">");
  open_.pop_back();
  rendered_.resize(marks_.back());
  marks_.pop_back();
  return true;
}

void XmlLiteral::characters(std::string_view text) { escape(text, false, out_); }

void XmlLiteral::comment(std::string_view text) { out_.append("<!--").append(text).append("-->"); }

void XmlLiteral::processing_instruction(std::string_view target, std::string_view data) {
  out_.append("<?").append(target);
  if (!data.empty()) out_.append(" ").append(data);
  out_.append("?>");
}

}  // namespace moisson::rdf
