-- personal.key: 4d1a0986210664ba4203edd2f9811be90661f6842251b633b552c7076dcb68e9
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "meta" (
   "name" TEXT PRIMARY KEY,
   "value" TEXT
) STRICT;
INSERT INTO meta VALUES('hall','test');
INSERT INTO meta VALUES('key','2ff9328ecfa7339cce44be6a237a4ba1');
INSERT INTO meta VALUES('epoch','1');
CREATE TABLE events (hall TEXT NOT NULL, seq INTEGER NOT NULL, day TEXT NOT NULL, epoch INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (hall, seq)) STRICT, WITHOUT ROWID;
INSERT INTO events VALUES('test',1,'',1,1772409600000,'manager:configuration','hall_defined','{"type":"hall_defined","settings":{"name":{"zh":"测试大厅","en":"Test hall"}}}');
INSERT INTO events VALUES('test',2,'',1,1772409600000,'manager:configuration','area_defined','{"type":"area_defined","area":{"id":"A","name":{"zh":"名","en":"Name"}}}');
INSERT INTO events VALUES('test',3,'',1,1772409600000,'manager:configuration','service_defined','{"type":"service_defined","service":{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"}}');
INSERT INTO events VALUES('test',4,'',1,1772409600000,'manager:configuration','service_defined','{"type":"service_defined","service":{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}}');
INSERT INTO events VALUES('test',5,'',1,1772409600000,'manager:configuration','profile_defined','{"type":"profile_defined","profile":{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}}');
INSERT INTO events VALUES('test',6,'',1,1772409600000,'manager:configuration','counter_defined','{"type":"counter_defined","counter":{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}}');
INSERT INTO events VALUES('test',7,'',1,1772409600000,'manager:configuration','counter_defined','{"type":"counter_defined","counter":{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}}');
INSERT INTO events VALUES('test',8,'',1,1772409600000,'manager:configuration','counter_defined','{"type":"counter_defined","counter":{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}}');
INSERT INTO events VALUES('test',9,'',1,1772409600000,'manager:configuration','staff_defined','{"type":"staff_defined","staff":{"id":"s1","name":"王芳"}}');
INSERT INTO events VALUES('test',10,'',1,1772409600000,'manager:configuration','staff_defined','{"type":"staff_defined","staff":{"id":"s2","name":"李强","rights":["manage"]}}');
INSERT INTO events VALUES('test',11,'',1,1772409600000,'manager:configuration','booking_plan_defined','{"type":"booking_plan_defined","plan":{"id":"tax","name":{"zh":"预约","en":"Appointments"},"services":["tax"],"bands":[{"start":"09:00","end":"10:00","tickets":500},{"start":"10:00","end":"11:00","tickets":100}]}}');
INSERT INTO events VALUES('test',12,'2026-03-02',1,1772409600000,'manager:f2f80925','day_opened','{"type":"day_opened","day":"2026-03-02","catalogue":{"settings":{"name":{"zh":"测试大厅","en":"Test hall"}},"areas":[{"id":"A","name":{"zh":"名","en":"Name"}}],"services":[{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"},{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}],"counters":[{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}],"staff":[{"id":"s1","name":"王芳"},{"id":"s2","name":"李强","rights":["manage"]}],"profiles":[{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}],"plans":[{"id":"tax","name":{"zh":"预约","en":"Appointments"},"services":["tax"],"bands":[{"start":"09:00","end":"10:00","tickets":500},{"start":"10:00","end":"11:00","tickets":100}]}]}}');
INSERT INTO events VALUES('test',13,'2026-03-02',1,1772409600000,'caller:c76fd028','signed_in','{"type":"signed_in","counter":"1","staff":"s1"}');
INSERT INTO events VALUES('test',14,'2026-03-02',1,1772409600000,'kiosk:98e19328','ticket_issued','{"type":"ticket_issued","ticket":"01a204409eff769282869b45fbb864e1","number":"B001","prefix":"B","serial":1,"service":"id","person":"5b0923908a0796cc04dc7df20c892214","holder":"市*"}');
INSERT INTO events VALUES('test',15,'2026-03-02',1,1772409600000,'kiosk:98e19328','ticket_issued','{"type":"ticket_issued","ticket":"01a204409f097273ad40b5a454c7fd29","number":"A001","prefix":"A","serial":1,"service":"tax","person":"7cafc458eb3c4e5d5118a77cb342dea8","holder":"市*"}');
INSERT INTO events VALUES('test',16,'2026-03-02',1,1772409600000,'kiosk:98e19328','ticket_issued','{"type":"ticket_issued","ticket":"01a204409f177f0a9368d4642d4996f2","number":"A002","prefix":"A","serial":2,"service":"tax","ahead":1}');
INSERT INTO events VALUES('test',17,'2026-03-02',1,1772409600000,'caller:c76fd028','ticket_called','{"type":"ticket_called","ticket":"01a204409eff769282869b45fbb864e1","counter":"1","staff":"s1","service":"id","transaction":"01a204409eff769282869b45fbb864e1-1","why":{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"普通号","en":"ordinary"}},"starts":true}');
INSERT INTO events VALUES('test',18,'2026-03-02',1,1772409600000,'caller:c76fd028','service_ended','{"type":"service_ended","ticket":"01a204409eff769282869b45fbb864e1","counter":"1"}');
INSERT INTO events VALUES('test',19,'2026-03-02',1,1772409600000,'caller:c76fd028','rating_requested','{"type":"rating_requested","transaction":"01a204409eff769282869b45fbb864e1-1","counter":"1"}');
INSERT INTO events VALUES('test',20,'2026-03-02',1,1772409600000,'caller:c76fd028','ticket_called','{"type":"ticket_called","ticket":"01a204409f097273ad40b5a454c7fd29","counter":"1","staff":"s1","service":"tax","transaction":"01a204409f097273ad40b5a454c7fd29-1","why":{"rule":"priority_then_arrival","considered":2,"profile":"all","group":{"zh":"普通号","en":"ordinary"}},"starts":true}');
INSERT INTO events VALUES('test',21,'2026-03-02',1,1772409600000,'caller:c76fd028','ticket_not_shown','{"type":"ticket_not_shown","ticket":"01a204409f097273ad40b5a454c7fd29","counter":"1"}');
INSERT INTO events VALUES('test',22,'2026-03-02',1,1772409600000,'manager:f2f80925','appointment_booked','{"type":"appointment_booked","booking":{"serial":"YY-3","code":"69058767","person":"6f108a5fa2542e03e053efa10d9d640d","holder":"市*","service":"tax","plan":"tax","day":"2026-03-03","start":"09:00","end":"10:00","at":1772499600000,"until":1772503200000}}');
INSERT INTO events VALUES('test',23,'2026-03-02',1,1772409600000,'manager:f2f80925','appointment_booked','{"type":"appointment_booked","booking":{"serial":"YY-4","code":"28310069","person":"89f672638af7dce6177e32df8e0e36c8","holder":"市*","service":"tax","plan":"tax","day":"2026-03-03","start":"10:00","end":"11:00","at":1772503200000,"until":1772506800000}}');
INSERT INTO events VALUES('test',24,'2026-03-02',1,1772409600000,'manager:f2f80925','appointment_booked','{"type":"appointment_booked","booking":{"serial":"YY-5","code":"26965481","person":"78e787a05e76b3ba754355b9e20467e9","holder":"市*","service":"tax","plan":"tax","day":"2026-03-04","start":"09:00","end":"10:00","at":1772586000000,"until":1772589600000}}');
INSERT INTO events VALUES('test',25,'2026-03-02',1,1772409600000,'manager:f2f80925','appointment_booked','{"type":"appointment_booked","booking":{"serial":"YY-6","code":"31544945","person":"7675da6090f7acde341c1ceb270397fa","holder":"市*","service":"tax","plan":"tax","day":"2026-03-05","start":"09:00","end":"10:00","at":1772672400000,"until":1772676000000}}');
INSERT INTO events VALUES('test',26,'2026-03-02',1,1772409600000,'manager:f2f80925','appointment_moved','{"type":"appointment_moved","serial":"YY-6","service":"tax","plan":"tax","day":"2026-03-06","start":"10:00","end":"11:00","at":1772762400000,"until":1772766000000}');
INSERT INTO events VALUES('test',27,'2026-03-02',1,1772409600000,'manager:f2f80925','appointment_cancelled','{"type":"appointment_cancelled","serial":"YY-6","by":"hall"}');
INSERT INTO events VALUES('test',28,'2026-03-02',1,1772409600000,'manager:f2f80925','ticket_closed','{"type":"ticket_closed","ticket":"01a204409f097273ad40b5a454c7fd29","reason":"no_show"}');
INSERT INTO events VALUES('test',29,'2026-03-02',1,1772409600000,'manager:f2f80925','ticket_closed','{"type":"ticket_closed","ticket":"01a204409f177f0a9368d4642d4996f2","reason":"closed_at_day_end"}');
INSERT INTO events VALUES('test',30,'2026-03-02',1,1772409600000,'manager:f2f80925','signed_out','{"type":"signed_out","counter":"1","staff":"s1","forced":true}');
INSERT INTO events VALUES('test',31,'2026-03-02',1,1772409600000,'manager:f2f80925','day_closed','{"type":"day_closed","day":"2026-03-02"}');
INSERT INTO events VALUES('test',32,'2026-03-03',1,1772497800000,'manager:f2f80925','day_opened','{"type":"day_opened","day":"2026-03-03","catalogue":{"settings":{"name":{"zh":"测试大厅","en":"Test hall"}},"areas":[{"id":"A","name":{"zh":"名","en":"Name"}}],"services":[{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"},{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}],"counters":[{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}],"staff":[{"id":"s1","name":"王芳"},{"id":"s2","name":"李强","rights":["manage"]}],"profiles":[{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}],"plans":[{"id":"tax","name":{"zh":"预约","en":"Appointments"},"services":["tax"],"bands":[{"start":"09:00","end":"10:00","tickets":500},{"start":"10:00","end":"11:00","tickets":100}]}]}}');
INSERT INTO events VALUES('test',33,'2026-03-03',1,1772497800000,'manager:f2f80925','agenda_carried','{"type":"agenda_carried","bookings":[{"serial":"YY-3","code":"69058767","person":"6f108a5fa2542e03e053efa10d9d640d","holder":"市*","service":"tax","plan":"tax","day":"2026-03-03","start":"09:00","end":"10:00","at":1772499600000,"until":1772503200000},{"serial":"YY-4","code":"28310069","person":"89f672638af7dce6177e32df8e0e36c8","holder":"市*","service":"tax","plan":"tax","day":"2026-03-03","start":"10:00","end":"11:00","at":1772503200000,"until":1772506800000},{"serial":"YY-5","code":"26965481","person":"78e787a05e76b3ba754355b9e20467e9","holder":"市*","service":"tax","plan":"tax","day":"2026-03-04","start":"09:00","end":"10:00","at":1772586000000,"until":1772589600000},{"serial":"YY-6","code":"31544945","person":"7675da6090f7acde341c1ceb270397fa","holder":"市*","service":"tax","plan":"tax","day":"2026-03-06","start":"10:00","end":"11:00","at":1772762400000,"until":1772766000000,"state":"cancelled"}]}');
INSERT INTO events VALUES('test',34,'2026-03-03',1,1772497800000,'caller:c76fd028','signed_in','{"type":"signed_in","counter":"1","staff":"s1"}');
INSERT INTO events VALUES('test',35,'2026-03-03',1,1772497800000,'kiosk:98e19328','ticket_issued','{"type":"ticket_issued","ticket":"01a204409f6376aabd21da706475069f","number":"A001","prefix":"A","serial":1,"service":"tax","person":"6f108a5fa2542e03e053efa10d9d640d","holder":"市*","booked_at":1772499600000}');
INSERT INTO events VALUES('test',36,'2026-03-03',1,1772497800000,'kiosk:98e19328','appointment_kept','{"type":"appointment_kept","serial":"YY-3","ticket":"01a204409f6376aabd21da706475069f"}');
INSERT INTO events VALUES('test',37,'2026-03-03',1,1772497800000,'kiosk:98e19328','ticket_issued','{"type":"ticket_issued","ticket":"01a204409f657170a1f33bd3eacfa49a","number":"A002","prefix":"A","serial":2,"service":"tax","person":"db62d0a70ebe7167b82b5b1a430f5d8b","holder":"市*","ahead":1}');
INSERT INTO events VALUES('test',38,'2026-03-03',1,1772497800000,'kiosk:98e19328','ticket_issued','{"type":"ticket_issued","ticket":"01a204409f6e7938a9840f8554f95be2","number":"B001","prefix":"B","serial":1,"service":"id","person":"83c650fa6dfbbda9ee34fe9ce88583a8","holder":"市*"}');
INSERT INTO events VALUES('test',39,'2026-03-03',1,1772497800000,'caller:c76fd028','ticket_called','{"type":"ticket_called","ticket":"01a204409f6376aabd21da706475069f","counter":"1","staff":"s1","service":"tax","transaction":"01a204409f6376aabd21da706475069f-1","why":{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"预约号","en":"appointments"}},"starts":true}');
INSERT INTO events VALUES('test',40,'2026-03-03',1,1772497800000,'manager:f2f80925','ticket_closed','{"type":"ticket_closed","ticket":"01a204409f6376aabd21da706475069f","reason":"closed_at_day_end"}');
INSERT INTO events VALUES('test',41,'2026-03-03',1,1772497800000,'manager:f2f80925','ticket_closed','{"type":"ticket_closed","ticket":"01a204409f657170a1f33bd3eacfa49a","reason":"closed_at_day_end"}');
INSERT INTO events VALUES('test',42,'2026-03-03',1,1772497800000,'manager:f2f80925','ticket_closed','{"type":"ticket_closed","ticket":"01a204409f6e7938a9840f8554f95be2","reason":"closed_at_day_end"}');
INSERT INTO events VALUES('test',43,'2026-03-03',1,1772497800000,'manager:f2f80925','signed_out','{"type":"signed_out","counter":"1","staff":"s1","forced":true}');
INSERT INTO events VALUES('test',44,'2026-03-03',1,1772497800000,'manager:f2f80925','appointment_missed','{"type":"appointment_missed","serial":"YY-4"}');
INSERT INTO events VALUES('test',45,'2026-03-03',1,1772497800000,'manager:f2f80925','day_closed','{"type":"day_closed","day":"2026-03-03"}');
INSERT INTO events VALUES('test',46,'2026-03-04',1,1772582400000,'manager:f2f80925','day_opened','{"type":"day_opened","day":"2026-03-04","catalogue":{"settings":{"name":{"zh":"测试大厅","en":"Test hall"}},"areas":[{"id":"A","name":{"zh":"名","en":"Name"}}],"services":[{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"},{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}],"counters":[{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}],"staff":[{"id":"s1","name":"王芳"},{"id":"s2","name":"李强","rights":["manage"]}],"profiles":[{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}],"plans":[{"id":"tax","name":{"zh":"预约","en":"Appointments"},"services":["tax"],"bands":[{"start":"09:00","end":"10:00","tickets":500},{"start":"10:00","end":"11:00","tickets":100}]}]}}');
INSERT INTO events VALUES('test',47,'2026-03-04',1,1772582400000,'manager:f2f80925','agenda_carried','{"type":"agenda_carried","bookings":[{"serial":"YY-5","code":"26965481","person":"78e787a05e76b3ba754355b9e20467e9","holder":"市*","service":"tax","plan":"tax","day":"2026-03-04","start":"09:00","end":"10:00","at":1772586000000,"until":1772589600000},{"serial":"YY-6","code":"31544945","person":"7675da6090f7acde341c1ceb270397fa","holder":"市*","service":"tax","plan":"tax","day":"2026-03-06","start":"10:00","end":"11:00","at":1772762400000,"until":1772766000000,"state":"cancelled"}],"absences":[{"person":"89f672638af7dce6177e32df8e0e36c8","holder":"市*","missed":["2026-03-03"]}]}');
INSERT INTO events VALUES('test',48,'2026-03-04',1,1772582400000,'caller:c76fd028','signed_in','{"type":"signed_in","counter":"1","staff":"s1"}');
INSERT INTO events VALUES('test',49,'2026-03-04',1,1772582400000,'kiosk:98e19328','ticket_issued','{"type":"ticket_issued","ticket":"01a204409fae7942ab7331e6a2d0ef1d","number":"A001","prefix":"A","serial":1,"service":"tax","person":"c6ae06a9ec94b16895fc0759b847dcc6","holder":"市*"}');
INSERT INTO events VALUES('test',50,'2026-03-04',1,1772582400000,'caller:c76fd028','ticket_called','{"type":"ticket_called","ticket":"01a204409fae7942ab7331e6a2d0ef1d","counter":"1","staff":"s1","service":"tax","transaction":"01a204409fae7942ab7331e6a2d0ef1d-1","why":{"rule":"priority_then_arrival","considered":1,"profile":"all","group":{"zh":"普通号","en":"ordinary"}},"starts":true}');
CREATE TABLE outbox (hall TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (hall, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE results (id TEXT PRIMARY KEY, fingerprint BLOB NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, result TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO results VALUES('01a20440-9d67-7170-81ad-43e0f65ee069',X'99e2f1ccaa38c417a7937474d886f688',2,1772409600000,'{"type":"result","id":"01a20440-9d67-7170-81ad-43e0f65ee069","seq":2,"done":{}}');
INSERT INTO results VALUES('01a20440-9d67-7188-ade9-5050c8769abb',X'1a1acfc6c8b695ec76977b635eee0f36',4,1772409600000,'{"type":"result","id":"01a20440-9d67-7188-ade9-5050c8769abb","seq":4,"done":{}}');
INSERT INTO results VALUES('01a20440-9d67-73d2-ab01-1e01a451ed98',X'733ac7abe9529650a422685cbc0bc33d',9,1772409600000,'{"type":"result","id":"01a20440-9d67-73d2-ab01-1e01a451ed98","seq":9,"done":{}}');
INSERT INTO results VALUES('01a20440-9d67-74b1-a457-38b73ecf4cd5',X'5461c3527abc86f3025ab73fe035f383',11,1772409600000,'{"type":"result","id":"01a20440-9d67-74b1-a457-38b73ecf4cd5","seq":11,"done":{}}');
INSERT INTO results VALUES('01a20440-9d67-74b4-aebc-fc3684fc0cfb',X'edca8ca94cb41bc61fe9a264abcf18da',10,1772409600000,'{"type":"result","id":"01a20440-9d67-74b4-aebc-fc3684fc0cfb","seq":10,"done":{}}');
INSERT INTO results VALUES('01a20440-9d67-74f8-af4c-e2f7d03d2704',X'278b1c50e7092380b9729888aefb36a2',6,1772409600000,'{"type":"result","id":"01a20440-9d67-74f8-af4c-e2f7d03d2704","seq":6,"done":{}}');
INSERT INTO results VALUES('01a20440-9d67-7547-a680-0a4b93f65935',X'7cf5976b45e44f5ca96e7dfcbd29ebc8',8,1772409600000,'{"type":"result","id":"01a20440-9d67-7547-a680-0a4b93f65935","seq":8,"done":{}}');
INSERT INTO results VALUES('01a20440-9d67-7798-8ae7-4ebc8f96a1ba',X'c4d41a53e5d3a7cd981c082311b22710',3,1772409600000,'{"type":"result","id":"01a20440-9d67-7798-8ae7-4ebc8f96a1ba","seq":3,"done":{}}');
INSERT INTO results VALUES('01a20440-9d67-7c9d-abbb-d0d8deae41d9',X'd411a9074377756970e0f127bc679fe2',5,1772409600000,'{"type":"result","id":"01a20440-9d67-7c9d-abbb-d0d8deae41d9","seq":5,"done":{}}');
INSERT INTO results VALUES('01a20440-9d67-7cdf-b939-2ea0fe9a83ae',X'1c45ce16c7fa50aaadd67b1371617e0f',1,1772409600000,'{"type":"result","id":"01a20440-9d67-7cdf-b939-2ea0fe9a83ae","seq":1,"done":{}}');
INSERT INTO results VALUES('01a20440-9d67-7d78-8964-0a8447fd033d',X'd6236261f48917ddcac8dccfdf115765',7,1772409600000,'{"type":"result","id":"01a20440-9d67-7d78-8964-0a8447fd033d","seq":7,"done":{}}');
INSERT INTO results VALUES('01a20440-9edf-73b2-9a9c-ae26bf7a36f7',X'808e289e0220ee6bbd55f77de5f33cc9',12,1772409600000,'{"type":"result","id":"01a20440-9edf-73b2-9a9c-ae26bf7a36f7","seq":12,"done":{}}');
INSERT INTO results VALUES('01a20440-9ef3-73f0-90ee-c35961ca90ad',X'cfa226137763a161c38570f83b8525f1',13,1772409600000,'{"type":"result","id":"01a20440-9ef3-73f0-90ee-c35961ca90ad","seq":13,"done":{}}');
INSERT INTO results VALUES('01a20440-9efe-76a8-9c61-ff6ad7884576',X'f61eb558b9e8e1b5405a693d926f6787',14,1772409600000,'{"type":"result","id":"01a20440-9efe-76a8-9c61-ff6ad7884576","seq":14,"done":{"ticket":"01a204409eff769282869b45fbb864e1","number":"B001","service":"id","ahead":0,"priority":0,"priority_reason":"","issued_at":1772409600000}}');
INSERT INTO results VALUES('01a20440-9f07-72a5-b6b6-1f9479428a9a',X'3af751122c9f2eb2fabddb7e8404e5a4',15,1772409600000,'{"type":"result","id":"01a20440-9f07-72a5-b6b6-1f9479428a9a","seq":15,"done":{"ticket":"01a204409f097273ad40b5a454c7fd29","number":"A001","service":"tax","ahead":0,"priority":0,"priority_reason":"","issued_at":1772409600000}}');
INSERT INTO results VALUES('01a20440-9f16-75b4-b04f-8691cbcf7f97',X'a3ab81196592ebd1a2f570eea410fa9d',16,1772409600000,'{"type":"result","id":"01a20440-9f16-75b4-b04f-8691cbcf7f97","seq":16,"done":{"ticket":"01a204409f177f0a9368d4642d4996f2","number":"A002","service":"tax","ahead":1,"priority":0,"priority_reason":"","issued_at":1772409600000}}');
INSERT INTO results VALUES('01a20440-9f1f-7cc5-9a63-85ceced78e3e',X'e0f50b8bcb94a18740d655debae087f4',17,1772409600000,'{"type":"result","id":"01a20440-9f1f-7cc5-9a63-85ceced78e3e","seq":17,"done":{"ticket":"01a204409eff769282869b45fbb864e1","number":"B001","service":"id","counter":"1","transaction":"01a204409eff769282869b45fbb864e1-1","issued_at":1772409600000,"why":{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}}}');
INSERT INTO results VALUES('01a20440-9f27-7ee2-b46d-c5094dea0d1e',X'88b5b7c654cce835167d1491e8001567',19,1772409600000,'{"type":"result","id":"01a20440-9f27-7ee2-b46d-c5094dea0d1e","seq":19,"done":{"ticket":"01a204409eff769282869b45fbb864e1","number":"B001","service":"id"}}');
INSERT INTO results VALUES('01a20440-9f33-742c-a096-5d933f23e48b',X'e0f50b8bcb94a18740d655debae087f4',20,1772409600000,'{"type":"result","id":"01a20440-9f33-742c-a096-5d933f23e48b","seq":20,"done":{"ticket":"01a204409f097273ad40b5a454c7fd29","number":"A001","service":"tax","counter":"1","transaction":"01a204409f097273ad40b5a454c7fd29-1","issued_at":1772409600000,"why":{"rule":"priority_then_arrival","considered":2,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}}}');
INSERT INTO results VALUES('01a20440-9f3a-7c87-808b-fb4fc453a62b',X'7e3b5533a0c555fca53a0b5e74a59827',21,1772409600000,'{"type":"result","id":"01a20440-9f3a-7c87-808b-fb4fc453a62b","seq":21,"done":{"ticket":"01a204409f097273ad40b5a454c7fd29","number":"A001","service":"tax"}}');
INSERT INTO results VALUES('01a20440-9f47-7c30-9e3b-db5c14b34003',X'c2caf8e485ad3b6511f2e706078cefe3',22,1772409600000,'{"type":"result","id":"01a20440-9f47-7c30-9e3b-db5c14b34003","seq":22,"done":{"appointment":{"type":"appointment","serial":"YY-3","code":"69058767","service":"tax","day":"2026-03-03","start":"09:00","end":"10:00","at":1772499600000,"holder":"市*"}}}');
INSERT INTO results VALUES('01a20440-9f49-73d4-af46-000803e0b770',X'69d4890a2f45ce40ff6558a5707d633c',23,1772409600000,'{"type":"result","id":"01a20440-9f49-73d4-af46-000803e0b770","seq":23,"done":{"appointment":{"type":"appointment","serial":"YY-4","code":"28310069","service":"tax","day":"2026-03-03","start":"10:00","end":"11:00","at":1772503200000,"holder":"市*"}}}');
INSERT INTO results VALUES('01a20440-9f4c-7b9f-8535-476dc3e99c21',X'32f647e0d1b1af042499ce8c258a232b',24,1772409600000,'{"type":"result","id":"01a20440-9f4c-7b9f-8535-476dc3e99c21","seq":24,"done":{"appointment":{"type":"appointment","serial":"YY-5","code":"26965481","service":"tax","day":"2026-03-04","start":"09:00","end":"10:00","at":1772586000000,"holder":"市*"}}}');
INSERT INTO results VALUES('01a20440-9f56-7249-adc6-2b671a30040d',X'56a5261f8097464d7db12d72afdc338f',25,1772409600000,'{"type":"result","id":"01a20440-9f56-7249-adc6-2b671a30040d","seq":25,"done":{"appointment":{"type":"appointment","serial":"YY-6","code":"31544945","service":"tax","day":"2026-03-05","start":"09:00","end":"10:00","at":1772672400000,"holder":"市*"}}}');
INSERT INTO results VALUES('01a20440-9f58-7e4b-92e5-b7efbe855361',X'53f02ed0a42b761172b52ebbbacda874',26,1772409600000,'{"type":"result","id":"01a20440-9f58-7e4b-92e5-b7efbe855361","seq":26,"done":{"appointment":{"type":"appointment","serial":"YY-6","code":"31544945","service":"tax","day":"2026-03-06","start":"10:00","end":"11:00","at":1772762400000,"holder":"市*"}}}');
INSERT INTO results VALUES('01a20440-9f5a-7d1e-b0f7-9558c2ab989e',X'ae96886ac5a5e19a8d2670c68e3c8d5a',27,1772409600000,'{"type":"result","id":"01a20440-9f5a-7d1e-b0f7-9558c2ab989e","seq":27,"done":{"appointment":{"type":"appointment","serial":"YY-6","code":"31544945","service":"tax","day":"2026-03-06","start":"10:00","end":"11:00","at":1772762400000,"holder":"市*","state":"cancelled"}}}');
INSERT INTO results VALUES('01a20440-9f5b-7c49-84c9-140ffc77fd03',X'aa593eb72dc653f659318b5b6df3aff8',31,1772409600000,'{"type":"result","id":"01a20440-9f5b-7c49-84c9-140ffc77fd03","seq":31,"done":{"ticket":"01a204409f097273ad40b5a454c7fd29","number":"A001","service":"tax"}}');
INSERT INTO results VALUES('01a20440-9f5c-70f8-b4a0-702ccd80c811',X'd795606ff0357961426ef798cef0aa0f',33,1772497800000,'{"type":"result","id":"01a20440-9f5c-70f8-b4a0-702ccd80c811","seq":33,"done":{}}');
INSERT INTO results VALUES('01a20440-9f5e-766f-9a69-1f3ef5f8f4d8',X'cfa226137763a161c38570f83b8525f1',34,1772497800000,'{"type":"result","id":"01a20440-9f5e-766f-9a69-1f3ef5f8f4d8","seq":34,"done":{}}');
INSERT INTO results VALUES('01a20440-9f62-727f-9b27-f17f4ae92eaa',X'95723ac704de885579c33088aad43388',36,1772497800000,'{"type":"result","id":"01a20440-9f62-727f-9b27-f17f4ae92eaa","seq":36,"done":{"ticket":"01a204409f6376aabd21da706475069f","number":"A001","service":"tax","ahead":0,"priority":0,"priority_reason":"","issued_at":1772497800000,"booked_at":1772499600000}}');
INSERT INTO results VALUES('01a20440-9f64-7503-87d5-ac28c9e3e09c',X'fb94cb37c7bbab623713e75792600b61',37,1772497800000,'{"type":"result","id":"01a20440-9f64-7503-87d5-ac28c9e3e09c","seq":37,"done":{"ticket":"01a204409f657170a1f33bd3eacfa49a","number":"A002","service":"tax","ahead":1,"priority":0,"priority_reason":"","issued_at":1772497800000}}');
INSERT INTO results VALUES('01a20440-9f6d-7bea-befb-70f96086e28c',X'bf4a0249c89945acd544d8da0a13f7cf',38,1772497800000,'{"type":"result","id":"01a20440-9f6d-7bea-befb-70f96086e28c","seq":38,"done":{"ticket":"01a204409f6e7938a9840f8554f95be2","number":"B001","service":"id","ahead":0,"priority":0,"priority_reason":"","issued_at":1772497800000}}');
INSERT INTO results VALUES('01a20440-9f76-720a-8017-39122f182ee1',X'e0f50b8bcb94a18740d655debae087f4',39,1772497800000,'{"type":"result","id":"01a20440-9f76-720a-8017-39122f182ee1","seq":39,"done":{"ticket":"01a204409f6376aabd21da706475069f","number":"A001","service":"tax","counter":"1","transaction":"01a204409f6376aabd21da706475069f-1","issued_at":1772497800000,"why":{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"预约号","en":"appointments"}}}}');
INSERT INTO results VALUES('01a20440-9f7f-70e9-8150-86c6f1b1b3b6',X'aa593eb72dc653f659318b5b6df3aff8',45,1772497800000,'{"type":"result","id":"01a20440-9f7f-70e9-8150-86c6f1b1b3b6","seq":45,"done":{"ticket":"01a204409f6376aabd21da706475069f","number":"A001","service":"tax"}}');
INSERT INTO results VALUES('01a20440-9f8e-7542-9222-6e08839b3bb3',X'3cf0163054e714c18b643e710f393232',47,1772582400000,'{"type":"result","id":"01a20440-9f8e-7542-9222-6e08839b3bb3","seq":47,"done":{}}');
INSERT INTO results VALUES('01a20440-9f9e-72d2-a2fd-8c64663577f9',X'cfa226137763a161c38570f83b8525f1',48,1772582400000,'{"type":"result","id":"01a20440-9f9e-72d2-a2fd-8c64663577f9","seq":48,"done":{}}');
INSERT INTO results VALUES('01a20440-9fab-7488-ac20-d9a821753556',X'c767cab7d25f93d0f13f3df22710e79d',49,1772582400000,'{"type":"result","id":"01a20440-9fab-7488-ac20-d9a821753556","seq":49,"done":{"ticket":"01a204409fae7942ab7331e6a2d0ef1d","number":"A001","service":"tax","ahead":0,"priority":0,"priority_reason":"","issued_at":1772582400000}}');
INSERT INTO results VALUES('01a20440-9fbe-7a0f-affe-f4a82ceb0bf3',X'e0f50b8bcb94a18740d655debae087f4',50,1772582400000,'{"type":"result","id":"01a20440-9fbe-7a0f-affe-f4a82ceb0bf3","seq":50,"done":{"ticket":"01a204409fae7942ab7331e6a2d0ef1d","number":"A001","service":"tax","counter":"1","transaction":"01a204409fae7942ab7331e6a2d0ef1d-1","issued_at":1772582400000,"why":{"rule":"priority_then_arrival","considered":1,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}}}');
CREATE TABLE IF NOT EXISTS "tickets" (
   "id" TEXT PRIMARY KEY,
   "day" TEXT NOT NULL,
   "number" TEXT NOT NULL,
   "prefix" TEXT NOT NULL,
   "serial" INTEGER NOT NULL,
   "service" TEXT NOT NULL,
   "issued_at" INTEGER NOT NULL,
   "priority" INTEGER,
   "priority_reason" TEXT,
   "person" TEXT,
   "holder" TEXT,
   "helper" INTEGER,
   "walk_in" INTEGER,
   "state" TEXT NOT NULL,
   "counter" TEXT,
   "steps" INTEGER,
   "returns" INTEGER,
   "ended_at" INTEGER,
   "end_reason" TEXT
) STRICT;
INSERT INTO tickets VALUES('01a204409eff769282869b45fbb864e1','2026-03-02','B001','B',1,'id',1772409600000,0,'','5b0923908a0796cc04dc7df20c892214','市*',0,0,'ended','1',1,0,1772409600000,'served');
INSERT INTO tickets VALUES('01a204409f097273ad40b5a454c7fd29','2026-03-02','A001','A',1,'tax',1772409600000,0,'','7cafc458eb3c4e5d5118a77cb342dea8','市*',0,0,'ended','1',1,0,1772409600000,'no_show');
INSERT INTO tickets VALUES('01a204409f177f0a9368d4642d4996f2','2026-03-02','A002','A',2,'tax',1772409600000,0,'',NULL,'',0,0,'ended',NULL,0,0,1772409600000,'closed_at_day_end');
INSERT INTO tickets VALUES('01a204409f6376aabd21da706475069f','2026-03-03','A001','A',1,'tax',1772497800000,0,'','6f108a5fa2542e03e053efa10d9d640d','市*',0,0,'ended','1',1,0,1772497800000,'closed_at_day_end');
INSERT INTO tickets VALUES('01a204409f657170a1f33bd3eacfa49a','2026-03-03','A002','A',2,'tax',1772497800000,0,'','db62d0a70ebe7167b82b5b1a430f5d8b','市*',0,0,'ended',NULL,0,0,1772497800000,'closed_at_day_end');
INSERT INTO tickets VALUES('01a204409f6e7938a9840f8554f95be2','2026-03-03','B001','B',1,'id',1772497800000,0,'','83c650fa6dfbbda9ee34fe9ce88583a8','市*',0,0,'ended',NULL,0,0,1772497800000,'closed_at_day_end');
INSERT INTO tickets VALUES('01a204409fae7942ab7331e6a2d0ef1d','2026-03-04','A001','A',1,'tax',1772582400000,0,'','c6ae06a9ec94b16895fc0759b847dcc6','市*',0,0,'serving','1',1,0,NULL,NULL);
CREATE TABLE IF NOT EXISTS "transactions" (
   "id" TEXT PRIMARY KEY,
   "day" TEXT NOT NULL,
   "ticket" TEXT NOT NULL,
   "number" TEXT,
   "step" INTEGER NOT NULL,
   "service" TEXT,
   "counter" TEXT NOT NULL,
   "staff" TEXT NOT NULL,
   "called_at" INTEGER NOT NULL,
   "why" TEXT NOT NULL,
   "started_at" INTEGER,
   "ended_at" INTEGER,
   "reason" TEXT,
   "held" INTEGER NOT NULL,
   "recalls" INTEGER,
   "rating" TEXT,
   "rating_at" INTEGER,
   "level" INTEGER,
   "reasons" TEXT
) STRICT;
INSERT INTO transactions VALUES('01a204409eff769282869b45fbb864e1-1','2026-03-02','01a204409eff769282869b45fbb864e1','B001',1,'id','1','s1',1772409600000,'{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}',1772409600000,1772409600000,'served',0,0,'asked',1772409600000,NULL,'');
INSERT INTO transactions VALUES('01a204409f097273ad40b5a454c7fd29-1','2026-03-02','01a204409f097273ad40b5a454c7fd29','A001',1,'tax','1','s1',1772409600000,'{"rule":"priority_then_arrival","considered":2,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}',1772409600000,1772409600000,'no_show',0,0,'none',NULL,NULL,'');
INSERT INTO transactions VALUES('01a204409f6376aabd21da706475069f-1','2026-03-03','01a204409f6376aabd21da706475069f','A001',1,'tax','1','s1',1772497800000,'{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"预约号","en":"appointments"}}',1772497800000,1772497800000,'closed_at_day_end',0,0,'none',NULL,NULL,'');
INSERT INTO transactions VALUES('01a204409fae7942ab7331e6a2d0ef1d-1','2026-03-04','01a204409fae7942ab7331e6a2d0ef1d','A001',1,'tax','1','s1',1772582400000,'{"rule":"priority_then_arrival","considered":1,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}',1772582400000,NULL,NULL,0,0,'none',NULL,NULL,'');
CREATE TABLE personal (subject TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL, nonce BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (subject, kind)) STRICT, WITHOUT ROWID;
INSERT INTO personal VALUES('01a204409eff769282869b45fbb864e1','holder','2026-03-02',X'657939d44674480f55750a26',X'9f2996dc56edb6e577f9a7659ff0333f89d2f63cb9276f262990dc21a796246608a4ed69e4f15ec12d02f091f16cd4db71ebc0f28cb75428be0ade5ce69577a0');
INSERT INTO personal VALUES('01a204409f097273ad40b5a454c7fd29','holder','2026-03-02',X'667747c5d1de2f39f2923119',X'a545054e174f7f9bb1e02f5f4ec0d5fa5dcde056b945e6601d4be845016740f83bbc3de055db9a96c0f426b56255b4f42f83682eca8a0b433af0422a6bac8eb0');
INSERT INTO personal VALUES('01a204409f6376aabd21da706475069f','holder','2026-03-03',X'9e985b027a445bade28960a8',X'b40b1e200827f15492bb76b02112e5d92beee369d9e7c5cad451d24d5c555c10bb9942a2db533d948b244ee17f401501a7e7da01c0e38deac02dee17c7eda4c5');
INSERT INTO personal VALUES('01a204409f657170a1f33bd3eacfa49a','holder','2026-03-03',X'd6c711dfb101451ada616e25',X'9f1a3f22423754ca8328d7a9fa2e814a51c0f03bc10ee36181829674c469f8b1f1cda9ad23c244815d7a8afe298e0ed7a73028680135969d7521dc8506df3534');
INSERT INTO personal VALUES('01a204409f6e7938a9840f8554f95be2','holder','2026-03-03',X'1eb5690b384b0a00cb5dfb93',X'afcdd4b05a2485fa74902235c38351a50349bffa679af63d55ba33e089a61818e3e274423abadc0eb47a295b6449324054d85feaac674b2e4a3c2002482e4e0e');
INSERT INTO personal VALUES('01a204409fae7942ab7331e6a2d0ef1d','holder','2026-03-04',X'0b496c16f0e3574941f343f8',X'3040accf7b9c3829c7c0b156c58185af94987bf134a9ee2a37d2c9d8d430f34431cb94fafed25d06a62d1a65c967136bf1e71456cb9368ae6114ccd9a4c2e7c8');
INSERT INTO personal VALUES('YY-4','appointment','2026-03-03',X'206171e63c0c836539f520c9',X'fbe7af24dac1ce095c3abfa1112886e0f92394bfa70a8ddf8108f109ff47548bb05d1ff5d3304530d64617453c82a778082b2d96205e23216eb262cd393b3d00');
INSERT INTO personal VALUES('YY-5','appointment','2026-03-04',X'7b7c3d8d21392de82f51c4b9',X'6a83e4b22011c423f2f392b1c9da5f9286da1898e59ffe8456e69a5eab2fb00d64b84d703ccf9500c5c20906a1f5531d513e715df62ec72b49abc21fd4f73de6');
CREATE TABLE IF NOT EXISTS "identity_reads" (
   "at" INTEGER NOT NULL,
   "day" TEXT NOT NULL,
   "program" TEXT NOT NULL,
   "counter" TEXT,
   "staff" TEXT,
   "ticket" TEXT NOT NULL
) STRICT;
CREATE TABLE shown_waits (ticket TEXT PRIMARY KEY, day TEXT NOT NULL, service TEXT NOT NULL, at INTEGER NOT NULL, low_s INTEGER NOT NULL, high_s INTEGER NOT NULL, how TEXT NOT NULL, mean_s REAL, day_mean_s REAL, last_ten_s REAL) STRICT, WITHOUT ROWID;
CREATE INDEX events_days ON events (seq) WHERE type = 'day_opened';
CREATE UNIQUE INDEX "idx_tickets_day_number"
    ON "tickets" ("day", "number");
CREATE UNIQUE INDEX "idx_transactions_ticket_step"
    ON "transactions" ("ticket", "step");
CREATE INDEX "idx_transactions_day"
    ON "transactions" ("day");
CREATE UNIQUE INDEX one_counter_a_ticket ON transactions (ticket) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX one_ticket_a_counter ON transactions (counter) WHERE ended_at IS NULL AND held = 0;
CREATE INDEX personal_days ON personal (day);
CREATE INDEX "idx_identity_reads_ticket"
    ON "identity_reads" ("ticket");
CREATE INDEX shown_waits_days ON shown_waits (day);
CREATE VIEW wait_outcomes AS SELECT shown_waits.*, (transactions.called_at - tickets.issued_at) / 1000.0 AS wait_s, tickets.end_reason FROM shown_waits JOIN tickets ON tickets.id = shown_waits.ticket LEFT JOIN transactions ON transactions.ticket = tickets.id AND transactions.step = 1;
COMMIT;
PRAGMA user_version=3;
