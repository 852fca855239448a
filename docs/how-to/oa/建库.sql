-- 示例：一个县的办公系统，全部虚构 An invented office system of a county
CREATE TABLE decision (id TEXT PRIMARY KEY, title TEXT, lead TEXT);
CREATE TABLE act (no INTEGER PRIMARY KEY, dec TEXT, kind TEXT, unit TEXT, d TEXT, d2 TEXT);
CREATE TABLE doc (dec TEXT, id TEXT, kind TEXT, title TEXT, d TEXT);
CREATE TABLE meeting (dec TEXT, d TEXT, kind TEXT, chief TEXT, present INTEGER, speakers TEXT);
INSERT INTO decision VALUES ('2024-01', '示例县事项1', '发改局');
INSERT INTO act (dec, kind, unit, d, d2) VALUES ('2024-01', '征求意见', '发改局', '2024-04-01', '2024-05-01'), ('2024-01', '论证会', '发改局', '2024-06-01', NULL),
  ('2024-01', '合法性审查', '司法局', '2024-06-10', '2024-06-20'), ('2024-01', '上会', '发改局', '2024-06-25', NULL), ('2024-01', '印发', '县政府', '2024-07-01', NULL);
INSERT INTO doc VALUES ('2024-01', 'd1', '征求意见公告', '公告', '2024-04-01');
INSERT INTO meeting VALUES ('2024-01', '2024-06-27', '常务会议', '县长', 1, '副县长,县长');
INSERT INTO decision VALUES ('2024-02', '示例县事项2', '发改局');
INSERT INTO act (dec, kind, unit, d, d2) VALUES ('2024-02', '征求意见', '发改局', '2024-04-02', '2024-05-02'), ('2024-02', '论证会', '发改局', '2024-06-01', NULL),
  ('2024-02', '合法性审查', '司法局', '2024-06-10', '2024-06-20'), ('2024-02', '上会', '发改局', '2024-06-25', NULL), ('2024-02', '印发', '县政府', '2024-07-01', NULL);
INSERT INTO doc VALUES ('2024-02', 'd1', '征求意见公告', '公告', '2024-04-02');
INSERT INTO meeting VALUES ('2024-02', '2024-06-27', '常务会议', '县长', 1, '县长,副县长');
INSERT INTO decision VALUES ('2024-03', '示例县事项3', '发改局');
INSERT INTO act (dec, kind, unit, d, d2) VALUES ('2024-03', '征求意见', '发改局', '2024-04-03', '2024-04-13'), ('2024-03', '论证会', '发改局', '2024-06-01', NULL),
  ('2024-03', '合法性审查', '司法局', '2024-06-10', '2024-06-20'), ('2024-03', '上会', '发改局', '2024-06-25', NULL), ('2024-03', '印发', '县政府', '2024-07-01', NULL);
INSERT INTO doc VALUES ('2024-03', 'd1', '征求意见公告', '公告', '2024-04-03');
INSERT INTO meeting VALUES ('2024-03', '2024-06-27', '常务会议', '县长', 1, '副县长,县长');
INSERT INTO decision VALUES ('2024-04', '示例县事项4', '发改局');
INSERT INTO act (dec, kind, unit, d, d2) VALUES ('2024-04', '征求意见', '发改局', '2024-04-04', '2024-05-04'), ('2024-04', '论证会', '发改局', '2024-06-01', NULL),
  ('2024-04', '合法性审查', '司法局', '2024-06-10', '2024-06-20'), ('2024-04', '上会', '发改局', '2024-06-15', NULL), ('2024-04', '印发', '县政府', '2024-07-01', NULL);
INSERT INTO doc VALUES ('2024-04', 'd1', '征求意见公告', '公告', '2024-04-04');
INSERT INTO meeting VALUES ('2024-04', '2024-06-27', '常务会议', '县长', 1, '副县长,县长');
