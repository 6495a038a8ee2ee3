DROP TABLE referrals;
DROP TABLE penalties;
DROP TABLE appeals;
DROP TABLE notices;
