-- A database as the first version of the store made it and left it, by its own code: what SQLite's .dump says.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE batch (
	id TEXT NOT NULL, 
	catalogue_id TEXT NOT NULL, 
	first_seq INTEGER NOT NULL, 
	last_seq INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor TEXT NOT NULL, 
	label TEXT NOT NULL, 
	undoes TEXT, 
	request TEXT, 
	answer TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT batch_once_per_request UNIQUE (catalogue_id, request), 
	FOREIGN KEY(catalogue_id) REFERENCES catalogue (id), 
	FOREIGN KEY(undoes) REFERENCES batch (id)
);
INSERT INTO "batch" VALUES('6395ac582f154d5db15ef85a9a1d2414','xa',1,4,'2026-01-05 01:30:00.000000','Lan','import',NULL,NULL,NULL);
INSERT INTO "batch" VALUES('931e6453b246475c8cc51153837fc194','xa',5,7,'2026-01-05 02:30:00.000000','Minh','edit',NULL,'gesture','{"left": [], "conflicts": []}');
INSERT INTO "batch" VALUES('ec13ba54fc004971bda095d28626f993','xa',8,10,'2026-01-05 03:30:00.000000','Minh','undo','931e6453b246475c8cc51153837fc194',NULL,NULL);
INSERT INTO "batch" VALUES('5cb625895f30480884371fb71b65d4a9','xa',11,11,'2026-01-05 04:30:00.000000','Lan','edit',NULL,NULL,NULL);
INSERT INTO "batch" VALUES('3b74e1be76de43a2a62a8c9d7e329d35','xa',12,12,'2026-01-05 05:30:00.000000','Hoa','edit',NULL,NULL,NULL);
CREATE TABLE catalogue (
	id TEXT NOT NULL, 
	name TEXT, 
	body TEXT, 
	period TEXT, 
	form TEXT, 
	guidance TEXT, 
	marks TEXT, 
	status TEXT, 
	head INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by TEXT NOT NULL, 
	changed_at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "catalogue" VALUES('xa','Danh mục của xã','Đảng ủy xã','2026','party','phu_luc_3',NULL,'draft',12,'2026-01-05 01:30:00.000000','Lan','2026-01-05 05:30:00.000000');
INSERT INTO "catalogue" VALUES('moi','Danh mục mới',NULL,NULL,'party','phu_luc_3',NULL,'draft',0,'2026-01-05 01:30:00.000000','Minh','2026-01-05 01:30:00.000000');
CREATE TABLE change (
	catalogue_id TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	batch TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	actor TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	item_id TEXT NOT NULL, 
	field TEXT NOT NULL, 
	old TEXT, 
	new TEXT, 
	PRIMARY KEY (catalogue_id, seq), 
	FOREIGN KEY(catalogue_id) REFERENCES catalogue (id), 
	FOREIGN KEY(batch) REFERENCES batch (id)
);
INSERT INTO "change" VALUES('xa',1,'6395ac582f154d5db15ef85a9a1d2414','2026-01-05 01:30:00.000000','Lan','add','one','',NULL,'{"code": "VP.01", "group": "Văn thư", "task": "Đăng ký văn bản đến", "product": "Văn bản đã vào sổ", "measure": "văn bản", "quantity": "3000", "tier": "1", "points": "100", "standard_unit": "1"}');
INSERT INTO "change" VALUES('xa',2,'6395ac582f154d5db15ef85a9a1d2414','2026-01-05 01:30:00.000000','Lan','add','two','',NULL,'{"code": "VP.02", "task": "Báo cáo tháng “6”; có dấu '' và \n xuống dòng", "quantity": "12.5", "tier": "2", "coefficient": "1.2"}');
INSERT INTO "change" VALUES('xa',3,'6395ac582f154d5db15ef85a9a1d2414','2026-01-05 01:30:00.000000','Lan','add','three','',NULL,'{"task": "Nghị quyết chuyên đề", "deadline": "30/6", "points": "150"}');
INSERT INTO "change" VALUES('xa',4,'6395ac582f154d5db15ef85a9a1d2414','2026-01-05 01:30:00.000000','Lan','add','four','',NULL,'{"task": "Việc bị xóa"}');
INSERT INTO "change" VALUES('xa',5,'931e6453b246475c8cc51153837fc194','2026-01-05 02:30:00.000000','Minh','edit','two','tier','2','3');
INSERT INTO "change" VALUES('xa',6,'931e6453b246475c8cc51153837fc194','2026-01-05 02:30:00.000000','Minh','edit','three','note',NULL,'tiếng Việt');
INSERT INTO "change" VALUES('xa',7,'931e6453b246475c8cc51153837fc194','2026-01-05 02:30:00.000000','Minh','edit','','period','2026','2027');
INSERT INTO "change" VALUES('xa',8,'ec13ba54fc004971bda095d28626f993','2026-01-05 03:30:00.000000','Minh','edit','','period','2027','2026');
INSERT INTO "change" VALUES('xa',9,'ec13ba54fc004971bda095d28626f993','2026-01-05 03:30:00.000000','Minh','edit','three','note','tiếng Việt',NULL);
INSERT INTO "change" VALUES('xa',10,'ec13ba54fc004971bda095d28626f993','2026-01-05 03:30:00.000000','Minh','edit','two','tier','3','2');
INSERT INTO "change" VALUES('xa',11,'5cb625895f30480884371fb71b65d4a9','2026-01-05 04:30:00.000000','Lan','delete','four','',NULL,NULL);
INSERT INTO "change" VALUES('xa',12,'3b74e1be76de43a2a62a8c9d7e329d35','2026-01-05 05:30:00.000000','Hoa','edit','one','quantity','3000','3100.5');
CREATE TABLE item (
	catalogue_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	rank INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	code TEXT, 
	"group" TEXT, 
	department TEXT, 
	duty TEXT, 
	task TEXT, 
	detail TEXT, 
	product TEXT, 
	measure TEXT, 
	quantity TEXT, 
	frequency TEXT, 
	deadline TEXT, 
	quality TEXT, 
	position TEXT, 
	responsible TEXT, 
	tier TEXT, 
	points TEXT, 
	coefficient TEXT, 
	rationale TEXT, 
	standard_unit TEXT, 
	note TEXT, 
	source_file TEXT NOT NULL, 
	source_sheet TEXT NOT NULL, 
	source_row INTEGER, 
	last_seq INTEGER NOT NULL, 
	PRIMARY KEY (catalogue_id, id), 
	FOREIGN KEY(catalogue_id) REFERENCES catalogue (id)
);
INSERT INTO "item" VALUES('xa','one',1,0,'VP.01','Văn thư',NULL,NULL,'Đăng ký văn bản đến',NULL,'Văn bản đã vào sổ','văn bản','3100.5',NULL,NULL,NULL,NULL,NULL,'1','100',NULL,NULL,'1',NULL,'cu.xlsx','Sheet1',5,12);
INSERT INTO "item" VALUES('xa','two',2,0,'VP.02',NULL,NULL,NULL,'Báo cáo tháng “6”; có dấu '' và 
 xuống dòng',NULL,NULL,NULL,'12.5',NULL,NULL,NULL,NULL,NULL,'2',NULL,'1.2',NULL,NULL,NULL,'cu.xlsx','Sheet1',6,10);
INSERT INTO "item" VALUES('xa','three',3,0,NULL,NULL,NULL,NULL,'Nghị quyết chuyên đề',NULL,NULL,NULL,NULL,NULL,'30/6',NULL,NULL,NULL,NULL,'150',NULL,NULL,NULL,NULL,'','',NULL,9);
INSERT INTO "item" VALUES('xa','four',4,1,NULL,NULL,NULL,NULL,'Việc bị xóa',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','',NULL,11);
CREATE UNIQUE INDEX item_in_order ON item (catalogue_id, rank);
CREATE UNIQUE INDEX batch_in_order ON batch (catalogue_id, first_seq);
CREATE INDEX batch_undoes ON batch (undoes);
CREATE INDEX change_of_item ON change (catalogue_id, item_id, seq);
COMMIT;
