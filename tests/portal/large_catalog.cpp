#include "portal/large_catalog.h"

#include <array>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace moisson::test {
namespace {

constexpr std::size_t piece_bytes = std::size_t{64} << 10;
constexpr std::string_view site = "https://donnees.example.org/";
constexpr std::array<std::string_view, 24> words{
    "qualité", "mesure",    "réseau",  "commune", "transport", "données", "arrêts",   "horaires",
    "eau",     "bâtiments", "énergie", "station", "relevé",    "zonage",  "plan",     "population",
    "écoles",  "budget",    "marchés", "arbres",  "pistes",    "voirie",  "capteurs", "résultats"};

std::string text_of(std::minstd_rand& random, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    if (i > 0) out += ' ';
    out += words[random() % words.size()];
    if (random() % 4 == 0) out += std::to_string(random() % 1000);
  }
  return out;
}

struct File {
  std::string id, title, url;
};

// What one data set says, whatever the form.
struct Entry {
  explicit Entry(std::uint64_t number) {
    std::minstd_rand random(static_cast<unsigned>(number * 2'654'435'761 + 1));
    const std::string n = std::to_string(number);
    id = std::string(site) + "dataset/" + n;
    title = text_of(random, 8) + " n° " + n;
    description = text_of(random, 90);
    for (int i = 0; i < 6; ++i)
      keywords.push_back(std::string(words[random() % words.size()]) + std::to_string(random() % 200));
    publisher = random() % 500;
    modified = "20" + std::to_string(10 + random() % 15) + "-0" + std::to_string(1 + random() % 9) + "-1" +
               std::to_string(random() % 10);
    for (int i = 0; i < 3; ++i) {
      const std::string file = id + "/resource/" + std::to_string(i);
      files.push_back({file, text_of(random, 5), file + "/fichier-" + n + ".csv"});
    }
  }
  std::uint64_t distinct() const {
    std::uint64_t bytes = id.size() + title.size() + description.size();
    for (const File& file : files) bytes += file.id.size() + file.title.size() + file.url.size();
    return bytes;
  }

  std::string id, title, description, modified;
  std::vector<std::string> keywords;
  std::uint64_t publisher;
  std::vector<File> files;
};

void turtle(const Entry& entry, std::string& out) {
  const std::string agent = std::string(site) + "org/" + std::to_string(entry.publisher);
  out += "\n<" + entry.id + "> a dcat:Dataset ;\n  dct:title \"" + entry.title + "\"@fr ;\n  dct:description \"" +
         entry.description + "\"@fr ;\n  dct:identifier \"" + entry.id + "\" ;\n  dct:modified \"" + entry.modified +
         "\"^^xsd:date ;\n  dcat:keyword ";
  for (std::size_t i = 0; i < entry.keywords.size(); ++i) out += (i == 0 ? "\"" : ", \"") + entry.keywords[i] + "\"@fr";
  out += " ;\n  dct:publisher <" + agent +
         "> ;\n  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;\n";
  out += "  dcat:distribution ";
  for (std::size_t i = 0; i < entry.files.size(); ++i) out += (i == 0 ? "<" : ", <") + entry.files[i].id + ">";
  out += " .\n<" + agent + "> a foaf:Agent ; foaf:name \"Collectivité n° " + std::to_string(entry.publisher) + "\" .\n";
  for (const File& file : entry.files) {
    out +=
        "<" + file.id + "> a dcat:Distribution ;\n  dct:title \"" + file.title + "\"@fr ;\n  dcat:accessURL <" +
        file.url +
        "> ;\n  dct:license <https://www.etalab.gouv.fr/licence-ouverte-open-licence> ;\n"
        "  dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;\n  dcat:byteSize 123456 .\n";
  }
}

void rdf_xml(const Entry& entry, std::string& out) {
  const std::string agent = std::string(site) + "org/" + std::to_string(entry.publisher);
  out += "  <dcat:Dataset rdf:about=\"" + entry.id + "\">\n    <dct:title xml:lang=\"fr\">" + entry.title +
         "</dct:title>\n    <dct:description xml:lang=\"fr\">" + entry.description +
         "</dct:description>\n    <dct:identifier>" + entry.id +
         "</dct:identifier>\n    <dct:modified rdf:datatype=\"http://www.w3.org/2001/XMLSchema#date\">" +
         entry.modified + "</dct:modified>\n";
  for (const std::string& word : entry.keywords)
    out += "    <dcat:keyword xml:lang=\"fr\">" + word + "</dcat:keyword>\n";
  out += "    <dct:publisher><foaf:Agent rdf:about=\"" + agent + "\"><foaf:name>Collectivité n° " +
         std::to_string(entry.publisher) +
         "</foaf:name></foaf:Agent></dct:publisher>\n"
         "    <dcat:theme rdf:resource=\"http://publications.europa.eu/resource/authority/data-theme/ENVI\"/>\n";
  for (const File& file : entry.files) {
    out += "    <dcat:distribution>\n      <dcat:Distribution rdf:about=\"" + file.id +
           "\">\n        <dct:title xml:lang=\"fr\">" + file.title +
           "</dct:title>\n        <dcat:accessURL rdf:resource=\"" + file.url +
           "\"/>\n        <dct:license rdf:resource=\"https://www.etalab.gouv.fr/licence-ouverte-open-licence\"/>\n"
           "        <dct:format rdf:resource=\"http://publications.europa.eu/resource/authority/file-type/CSV\"/>\n"
           "        <dcat:byteSize>123456</dcat:byteSize>\n      </dcat:Distribution>\n    </dcat:distribution>\n";
  }
  out += "  </dcat:Dataset>\n";
}

void data_json(const Entry& entry, std::string& out) {
  out += "{\"@type\":\"dcat:Dataset\",\"identifier\":\"" + entry.id + "\",\"title\":\"" + entry.title +
         "\",\"description\":\"" + entry.description + "\",\"modified\":\"" + entry.modified +
         "\",\"accessLevel\":\"public\",\"keyword\":[";
  for (std::size_t i = 0; i < entry.keywords.size(); ++i) out += (i == 0 ? "\"" : ",\"") + entry.keywords[i] + "\"";
  out += "],\"publisher\":{\"@type\":\"org:Organization\",\"name\":\"Collectivité n° " +
         std::to_string(entry.publisher) +
         "\"},\"license\":\"https://www.etalab.gouv.fr/licence-ouverte-open-licence\",\"distribution\":[";
  for (std::size_t i = 0; i < entry.files.size(); ++i) {
    const File& file = entry.files[i];
    out += (i == 0 ? "{" : ",{") + std::string("\"@type\":\"dcat:Distribution\",\"title\":\"") + file.title +
           "\",\"downloadURL\":\"" + file.url + "\",\"mediaType\":\"text/csv\"}";
  }
  out += "]}";
}

struct Writer {
  std::string_view type, head, between, tail;
  void (*append)(const Entry&, std::string&);
};

const Writer& writer_of(LargeCatalog::Form form) {
  static constexpr Writer writers[] = {
      {"text/turtle",
       "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n"
       "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n",
       "", "", turtle},
      {"application/rdf+xml",
       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF "
       "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"\n"
       "    xmlns:dcat=\"http://www.w3.org/ns/dcat#\" xmlns:dct=\"http://purl.org/dc/terms/\"\n"
       "    xmlns:foaf=\"http://xmlns.com/foaf/0.1/\">\n",
       "", "</rdf:RDF>\n", rdf_xml},
      {"application/json",
       "{\"conformsTo\":\"https://project-open-data.cio.gov/v1.1/schema\",\"@type\":\"dcat:Catalog\",\"dataset\":[\n",
       ",\n", "\n]}\n", data_json},
  };
  return writers[static_cast<std::size_t>(form)];
}

}  // namespace

class LargeCatalog::Body final : public http::BodyStream {
 public:
  explicit Body(LargeCatalog& catalog) : catalog_(catalog), writer_(writer_of(catalog.form_)) {}

  Result<bool> next(std::string& piece) override {
    piece.clear();
    if (ended_) return false;
    if (number_ == 0) piece = writer_.head;
    while (piece.size() < piece_bytes && made_ + piece.size() < catalog_.bytes_) {
      const Entry entry(number_);
      if (number_++ > 0) piece += writer_.between;
      writer_.append(entry, piece);
      ++catalog_.records_;
      catalog_.distinct_ += entry.distinct();
    }
    made_ += piece.size();
    ended_ = made_ >= catalog_.bytes_;
    if (ended_) piece += writer_.tail;
    return true;
  }

 private:
  LargeCatalog& catalog_;
  const Writer& writer_;
  std::uint64_t number_ = 0;
  std::uint64_t made_ = 0;
  bool ended_ = false;
};

http::Response LargeCatalog::serve() {
  http::Response response;
  response.headers.set("Content-Type", std::string(writer_of(form_).type));
  response.headers.set("Content-Encoding", "identity");
  response.body = std::make_unique<Body>(*this);
  return response;
}

}  // namespace moisson::test
