DROP TABLE document_extensions;
DROP TABLE documents;
DROP TABLE document_pieces;
DROP TABLE document_contents;
DROP FUNCTION keep_documents();
